import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import { count } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import type { RepositoryContext } from './context.ts'
import { type InfoPace, readInfo } from './read-info.ts'
import { recheck } from './recheck.ts'

/** Looks at the cluster again, and at what the repository holds by now. */
export async function preflight(context: RepositoryContext, pace?: InfoPace): Promise<StepOutcome> {
  const refused = await recheck(context)
  if (refused) return refused
  const { plan } = context.operation
  const info = await readInfo(context, pace)
  if ('problem' in info) return { kind: 'refused', detail: `${info.problem} Nothing was done.` }
  const { stanza } = info
  if (plan.kind === 'stanza-create') {
    const known = stanza === null ? 'does not know' : 'knows'
    return { kind: 'done', detail: `${plan.nodeReason} pgBackRest ${known} the stanza ${plan.stanza} so far.` }
  }
  if (stanza === null)
    return { kind: 'refused', detail: `pgBackRest on ${plan.node} knows no stanza ${plan.stanza}. Nothing was done.` }
  // A check says of itself which repository it cannot use.
  if (plan.kind === 'repository-check') return { kind: 'done', detail: plan.nodeReason }
  const repository = stanza.repositories.find(({ key }) => key === plan.repository)
  if (repository === undefined)
    return { kind: 'refused', detail: `pgBackRest on ${plan.node} knows no repository ${plan.repository}.` }
  if (!isRepositoryReadable(repository))
    return {
      kind: 'refused',
      detail: `pgBackRest on ${plan.node} cannot read repository ${plan.repository}: ${repository.message}`,
    }
  if (plan.kind === 'repository-expire' && stanza.backup.isRunning)
    return {
      kind: 'refused',
      detail: `A backup runs on ${plan.node}, so nothing is removed. Wait for its end and ask again.`,
    }
  const labelsBefore = stanza.backups.filter((each) => each.repository === plan.repository).map(({ label }) => label)
  context.note({ labelsBefore })
  const holds = labelsBefore.length === 0 ? 'no backup' : count(labelsBefore.length, 'backup')
  return { kind: 'done', detail: `${plan.nodeReason} Repository ${plan.repository} holds ${holds}.` }
}
