import { count } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { awaitInfo } from './await-info.ts'
import type { BackupContext } from './context.ts'
import { type BackupPace, usualPace } from './pace.ts'
import { backupsIn, stanzaFault } from './pgbackrest-words.ts'
import { recheck } from './recheck.ts'

/** Looks at the cluster again, and at what the repository holds by now. */
export async function preflight(context: BackupContext, pace: BackupPace = usualPace): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const checkedAt = context.now()
  const { node, stanza, repository } = context.operation.plan
  const info = await awaitInfo(context, pace)
  if ('kind' in info) return info
  const fault = stanzaFault(info.answer, stanza, repository, node)
  if (fault !== null) return { kind: 'refused', detail: fault }
  const labelsBefore = (backupsIn(info.answer, stanza, repository) ?? []).map(({ label }) => label)
  context.note({ checkedAt, labelsBefore })
  for (const warning of found.plan.warnings) context.say(warning)
  const holds = labelsBefore.length === 0 ? 'no backup yet' : count(labelsBefore.length, 'backup')
  return { kind: 'done', detail: `${found.plan.nodeReason} Repository ${repository} holds ${holds}.` }
}
