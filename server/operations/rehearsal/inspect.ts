import { queryAnswer, type RecoveryStatus, recoveryStatus, tablesSeen } from '#agent/protocol/results.ts'
import { isOnTarget } from '#domain/recovery/on-target.ts'
import type { CheckAnswer, TableSeen } from '#domain/recovery/recovered-data.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import { count } from '#domain/words.ts'
import { AppError } from '#server/errors.ts'
import type { JobPace } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { checkQuery } from '../restore/check-database.ts'
import { askNow } from './ask.ts'
import type { RehearsalContext } from './context.ts'
import { noteFault, noteRehearsal } from './facts.ts'
import { usualPace } from './pace.ts'

/** Looks where recovery stopped, by Postgres' own words, and at the data that is there. */
export async function inspect(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const { node, target, targetWords, check } = plan
  const status = await askNow(context, { node, verb: 'rehearsal-status', args: { name }, answer: recoveryStatus }, pace)
  if (status.state !== 'promoted' || !status.isAnswering) {
    const why = status.failure ?? `Postgres is ${status.state}.`
    return { kind: 'failed', detail: `What was recovered on ${node} does not answer any more: ${why}` }
  }
  const args = { rehearsal: name }
  const seen = await askNow(context, { node, verb: 'postgres-tables', args, answer: tablesSeen }, pace)
  for (const problem of seen.problems) context.say(problem)
  const answer = check === null ? null : await answerOf(context, { check, tables: seen.tables, pace })
  const where = stoppedWhere(status)
  const attempt: RecoveryAttempt = {
    ...where,
    targetWords,
    replayedLsn: status.replayedLsn,
    check: answer,
    tables: seen.tables,
    isOnTarget: isOnTarget(where, target),
  }
  noteRehearsal(context, { attempt, ...(answer === null ? {} : { check: answer }) })
  if (!attempt.isOnTarget) {
    return { kind: 'failed', detail: `Recovery did not stop at ${targetWords}. ${sentenceOf(attempt)}` }
  }
  // What else was asked for is worth knowing all the same.
  if (answer !== null && answer.problem !== null) {
    noteFault(context, `The check query has no answer: ${answer.problem}`)
    context.say(answer.problem)
  }
  return { kind: 'done', detail: `${sentenceOf(attempt)} ${count(seen.tables.length, 'table')} seen.` }
}

function stoppedWhere({ stoppedAt, lastCompletedAt, replayedAt }: RecoveryStatus) {
  return {
    stoppedHow: stoppedAt?.how ?? null,
    xid: stoppedAt?.xid ?? null,
    time: stoppedAt?.time ?? null,
    lastCompletedAt: lastCompletedAt ?? replayedAt,
  }
}

async function answerOf(
  context: RehearsalContext,
  { check, tables, pace }: { check: string; tables: readonly TableSeen[]; pace: JobPace },
): Promise<CheckAnswer> {
  const { id: rehearsal, plan } = context.operation
  const args = { ...checkQuery(check, tables), rehearsal }
  const look = { node: plan.node, verb: 'postgres-query', args, answer: queryAnswer, isBound: true } as const
  try {
    return { ...(await askNow(context, look, pace)), query: check }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return { query: check, columns: [], rows: [], isCut: false, problem: error.message, ms: 0 }
  }
}

/** Where recovery stopped, in a sentence. */
function sentenceOf({ stoppedHow, xid, time, lastCompletedAt }: RecoveryAttempt): string {
  const last = lastCompletedAt === null ? '' : `; the last transaction in the data committed at ${lastCompletedAt}`
  if (stoppedHow === null) return `It came to the end of what is archived${last}.`
  const which = xid === null ? '' : ` of transaction ${xid}`
  return `It stopped ${stoppedHow}${which}${time === null ? '' : ` (${time})`}${last}.`
}
