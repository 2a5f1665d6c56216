import { backupResult } from '#agent/protocol/results.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { askStanza } from './ask-stanza.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** A full backup of the new timeline: from it on, recoveries need nothing of the old one. */
export async function backUp(context: RestoreContext): Promise<StepOutcome> {
  const { id: annotation, plan } = context.operation
  const { node, stanza, repository } = plan
  const args = { stanza, repository, type: 'full', startFast: true, fromStandby: false, annotation } as const
  const end = await runJob(context, { node, verb: 'pgbackrest-backup', args })
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
