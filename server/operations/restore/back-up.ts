import { setTimeout as sleep } from 'node:timers/promises'
import { backupResult } from '#agent/protocol/results.ts'
import { formatDuration } from '#domain/format.ts'
import { type JobEnd, type JobWish, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { inWords } from '../pgbackrest-failure.ts'
import { askStanza } from './ask-stanza.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** How often it is begun, and how long is waited in between, while somebody else's backup or expiry holds pgBackRest's lock. */
interface LockPace {
  tries: number
  pauseMs: number
}

const usualPace: LockPace = { tries: 20, pauseMs: 30_000 }

/** A full backup of the new timeline: from it on, recoveries need nothing of the old one. */
export async function backUp(context: RestoreContext, pace: LockPace = usualPace): Promise<StepOutcome> {
  const { id: annotation, plan } = context.operation
  const { node, stanza, repository } = plan
  const args = { stanza, repository, type: 'full', startFast: true, fromStandby: false, annotation } as const
  const end = await onceFree(context, { node, verb: 'pgbackrest-backup', args }, pace)
  if (end.kind !== 'succeeded') return end
  const label = backupResult.safeParse(end.job.result).data?.label ?? null
  const told = await askStanza(context, { node, stanza })
  const backups = 'found' in told ? (told.found?.backups ?? []) : []
  const made = backups.find((backup) => backup.repository === repository && backup.label === label)
  if (made === undefined) {
    return {
      kind: 'failed',
      detail: `pgBackRest ended well on ${node}, but repository ${repository} does not list ${label ?? 'a new backup'}.`,
    }
  }
  noteRestore(context, { newBackup: made.label })
  return { kind: 'done', detail: `Full backup ${made.label} is in repository ${repository}.` }
}

/** Begins the job anew, each time under a name of its own, until nobody else holds the lock. */
async function onceFree(context: RestoreContext, wish: JobWish, { tries, pauseMs }: LockPace): Promise<JobEnd> {
  const { node } = wish
  for (let turn = 1; ; turn++) {
    const end = await runJob(context, turn === 1 ? wish : { ...wish, part: `try${turn}` })
    if (end.kind !== 'failed') return end
    const { kind, detail } = inWords(end.detail)
    if (kind !== 'refused') return { kind: 'failed', detail: `pgBackRest on ${node} failed. ${detail}` }
    if (turn === tries) {
      const waited = formatDuration((tries - 1) * pauseMs)
      return { kind: 'failed', detail: `The backup on ${node} was begun ${tries} times within ${waited}. ${detail}` }
    }
    if (turn === 1) context.say(`another backup or expiry of this stanza runs on ${node}; it is waited for`)
    await sleep(pauseMs, undefined, { signal: context.signal })
  }
}
