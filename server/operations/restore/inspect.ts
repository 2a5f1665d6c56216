import type { z } from 'zod'
import { queryAnswer, tablesSeen } from '#agent/protocol/results.ts'
import { whereItStopped } from '#domain/recovery/attempt-words.ts'
import { isOnTarget } from '#domain/recovery/on-target.ts'
import type { CheckAnswer, TableSeen } from '#domain/recovery/recovered-data.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import { capital, count } from '#domain/words.ts'
import { AppError } from '#server/errors.ts'
import { agentOn } from '../agent-job.ts'
import { askBound } from '../ask-bound.ts'
import type { StepOutcome } from '../define.ts'
import { askNode } from './ask-node.ts'
import { checkQuery } from './check-database.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { aimOf } from './recover.ts'
import { statusNow } from './status-now.ts'

/** Looks where recovery really stopped and at the data that is there, by Postgres' own words and answers. */
export async function inspect(context: RestoreContext): Promise<StepOutcome> {
  const { node, check } = context.operation.plan
  const { target, targetWords } = aimOf(context)
  const [status, seen] = await Promise.all([statusNow(context), tablesOn(context, node)])
  if (status.failure !== null || !['paused', 'promoted'].includes(status.state)) {
    return {
      kind: 'failed',
      detail: `The recovery on ${node} does not stand any more: ${status.failure ?? `Postgres is ${status.state}`}.`,
    }
  }
  for (const problem of seen.problems) context.say(problem)
  const stopped = {
    stoppedHow: status.stoppedAt?.how ?? null,
    xid: status.stoppedAt?.xid ?? null,
    time: status.stoppedAt?.time ?? null,
    lastCompletedAt: status.lastCompletedAt ?? status.replayedAt,
  }
  const attempt: RecoveryAttempt = {
    targetWords,
    ...stopped,
    replayedLsn: status.replayedLsn,
    check: check === null ? null : await answerOf(context, check, seen.tables),
    tables: seen.tables,
    isOnTarget: isOnTarget(stopped, target),
  }
  noteRestore(context, {
    attempts: { ...context.facts.restore?.attempts, [context.binding.step]: attempt },
    isPromoted: status.state === 'promoted',
    ...(status.newTimeline === null ? {} : { newTimeline: status.newTimeline }),
  })
  const tables = `${count(seen.tables.length, 'table')} to be looked at`
  return { kind: 'done', detail: `${whereItStopped(attempt)} ${capital(tables)}.` }
}

/** Tables that cannot be told are no reason not to ask: the sentence says so. */
async function tablesOn(context: RestoreContext, node: string): Promise<z.output<typeof tablesSeen>> {
  try {
    return await askNode(context, { node, verb: 'postgres-tables', args: { rehearsal: null } }, tablesSeen)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return { tables: [], problems: [error.message] }
  }
}

/** A check that cannot be asked is an answer as well: it stands beside the question with its reason. */
async function answerOf(context: RestoreContext, check: string, tables: readonly TableSeen[]): Promise<CheckAnswer> {
  const { node } = context.operation.plan
  const { database, query } = checkQuery(check, tables)
  const args = { database, query, rehearsal: null }
  const empty = { query: check, columns: [], rows: [], isCut: false, ms: 0 }
  try {
    const answer = queryAnswer.safeParse(
      await askBound(context, agentOn(context, node), 'postgres-query', args, 'check'),
    )
    return answer.success ? { ...answer.data, query: check } : { ...empty, problem: 'Its answer cannot be read.' }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return { ...empty, problem: error.message }
  }
}
