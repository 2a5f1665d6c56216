import { count } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { askInfo } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { backupsIn, stanzaFault } from './pgbackrest-words.ts'
import { recheck } from './recheck.ts'

/** Looks at the cluster again, and at what the repository holds by now. */
export async function preflight(context: BackupContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const { node, stanza, repository } = context.operation.plan
  const info = await askInfo(context)
  const fault = stanzaFault(info, stanza, node)
  if (fault !== null) return { kind: 'refused', detail: fault }
  const labelsBefore = (backupsIn(info, stanza, repository) ?? []).map(({ label }) => label)
  context.note({ checkedAt: context.now(), labelsBefore })
  for (const warning of found.plan.warnings) context.say(warning)
  const holds = labelsBefore.length === 0 ? 'no backup yet' : count(labelsBefore.length, 'backup')
  return { kind: 'done', detail: `${found.plan.nodeReason} Repository ${repository} holds ${holds}.` }
}
