import { setTimeout as sleep } from 'node:timers/promises'
import { programOutput } from '#agent/protocol/results.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { parseFailure } from '#server/adapters/pgbackrest/parse-error.ts'
import { parseInfo } from '#server/adapters/pgbackrest/parse-info.ts'
import { AppError } from '#server/errors.ts'
import { agentOn, isDoubtful } from '../agent-job.ts'
import type { RepositoryContext } from './context.ts'

/** What pgBackRest on the plan's node knows of the stanza, null where nothing; a sentence where it could not be told for a minute. */
export async function readInfo(
  context: RepositoryContext,
  pace: InfoPace = usualPace,
): Promise<{ stanza: BackupStanza | null } | { problem: string }> {
  const giveUpAt = performance.now() + pace.silentMs
  for (;;) {
    const found = await look(context)
    if (!('problem' in found) || !found.isPassing || performance.now() > giveUpAt) return found
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

export interface InfoPace {
  pollMs: number
  silentMs: number
}

const usualPace: InfoPace = { pollMs: 1_000, silentMs: 60_000 }

type Look = { stanza: BackupStanza | null } | { problem: string; isPassing: boolean }

async function look(context: RepositoryContext): Promise<Look> {
  const { node, stanza } = context.operation.plan
  try {
    const answer = await agentOn(context, node).ask('pgbackrest-info', { stanza, output: 'json' }, null, context.signal)
    const { exitCode, stdout, stderr } = programOutput.parse(answer)
    if (exitCode !== 0) {
      const { sentence, advice } = parseFailure(exitCode ?? 125, `${stdout}\n${stderr}`)
      return { problem: `pgBackRest on ${node} failed. ${sentence} ${advice}`, isPassing: false }
    }
    const all = parseInfo(stdout, { who: node, system: 'pgBackRest', address: '' })
    const found = all.find(({ name }) => name === stanza)
    // One that was never created is listed all the same when it is asked for by its name.
    return { stanza: found === undefined || found.statusCode === noStanzaPath ? null : found }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { problem: error.message, isPassing: isDoubtful(error) }
  }
}

const noStanzaPath = 1
