import { z } from 'zod'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { planRepository } from '#domain/plan/plan-repository.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import { readExpiryPreview } from '#server/adapters/agent/expiry.ts'
import { AppError } from '#server/errors.ts'
import { agentsToCall } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { nextEpoch } from '#server/store/workers.ts'

/**
 * What an expiry would remove now, by a dry run of pgBackRest on the node that would do it; `id` names the job. Throws AppError `refused` where that cannot
 * be told, with the reason.
 */
export async function previewExpiry(
  { store, key, signal }: { store: Store; key: CallKey; signal: AbortSignal },
  id: string,
  input: unknown,
): Promise<ExpiryPreview> {
  const { clusterId, repository, set } = asked.parse(input)
  const [snapshot, agents, { view }] = await Promise.all([
    latestSnapshot(store, clusterId),
    agentsToCall(store, clusterId),
    readBackups(store, clusterId),
  ])
  if (!snapshot) throw new AppError('refused', 'The console has not looked at this cluster yet. Wait a few seconds.')
  const plan = planRepository({ snapshot, agents, view }, { kind: 'repository-expire', repository, set }, new Date())
  const agent = agents.find(({ node }) => node === plan.node)
  if (plan.blockers.length > 0 || !agent) throw new AppError('refused', plan.blockers.join(' '))
  const job = { id, nextEpoch: () => inTransaction(store, (tx) => nextEpoch(tx, clusterId)) }
  return readExpiryPreview({ agent, key, signal }, { stanza: plan.stanza, repository, set }, job)
}

const asked = z.object({
  clusterId: z.uuid(),
  repository: z.int().min(1).max(256),
  set: z
    .string()
    .regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/)
    .nullable(),
})
