import type { ClusterConfig, ClusterDraft } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'
import { listPolicies } from '#server/store/approvals/policies.ts'
import { updateCluster } from '#server/store/clusters.ts'
import type { Store } from '#server/store/open.ts'
import type { CommandContext } from '../trpc.ts'
import { allMemberUrls, identityOf } from './add.ts'
import { refuseCarriedSecrets } from './carried-secrets.ts'
import { demandDiscovery } from './discover.ts'
import { needCluster } from './need.ts'

/** Changes a registered cluster; where it is reached is tried first. Secrets that are not typed anew stay as they are, and members found on the way are kept with it where no such secret would be sent to them. */
export async function changeCluster(
  { act, caller, services: { store } }: CommandContext,
  { name, draft }: { name: string; draft: ClusterDraft },
): Promise<ClusterConfig> {
  const known = await needCluster(store, name)
  act.on({ target: known.name, cluster: known, reason: null })
  refuseCarriedSecrets(known, draft)
  await refuseLostLabel(store, known, draft)
  const discovery = await discoverSame(store, known, draft, caller.name)
  const patroniUrls = confirmedUrls(known, draft, allMemberUrls(draft.patroniUrls, discovery))
  return act.commit(async (tx) => {
    const changed = await updateCluster(tx, known.id, { ...draft, patroniUrls }, identityOf(discovery))
    const detail = { before: shown(known), after: shown(changed), newSecrets: Object.keys(draft.secrets) }
    act.on({ target: changed.name, cluster: changed, reason: null, detail })
    return changed
  })
}

/** A label by which a policy governs the cluster stays on it until the policy is changed, which takes more than a form. */
async function refuseLostLabel(store: Store, { name, labels }: ClusterConfig, draft: ClusterDraft): Promise<void> {
  const policies = await listPolicies(store.pool)
  for (const { name: policy, scope } of policies) {
    if (scope.kind !== 'label' || !labels.includes(scope.label) || draft.labels.includes(scope.label)) continue
    const sentence = `The approval policy ${policy} governs ${name} by the label ${scope.label}. Change the policy first.`
    throw new AppError('refused', sentence, { fields: [{ field: 'labels', sentence }] })
  }
}

// What a cluster tells of itself must not send a password that was kept for other hosts to a new one.
function confirmedUrls({ endpoints }: ClusterConfig, { patroniUrls, secrets }: ClusterDraft, all: string[]): string[] {
  const isCarried =
    (endpoints.hasPatroniPassword && secrets['patroni-password'] === undefined) ||
    (endpoints.hasPostgresPassword && secrets['postgres-password'] === undefined)
  if (!isCarried) return all
  const confirmed = new Set([...endpoints.patroniUrls, ...patroniUrls])
  return all.filter((url) => confirmed.has(url))
}

async function discoverSame(store: Store, known: ClusterConfig, draft: ClusterDraft, askedBy: string) {
  const found = await demandDiscovery(store, { draft, clusterId: known.id, askedBy })
  if (known.systemIdentifier !== null && found.systemIdentifier !== known.systemIdentifier) {
    const sentence = `These addresses belong to another cluster: its system identifier is ${found.systemIdentifier ?? 'unknown'}, that of ${known.name} is ${known.systemIdentifier}. Add it under a name of its own.`
    throw new AppError('conflict', sentence, { fields: [{ field: 'patroniUrls', sentence }] })
  }
  return found
}

function shown({ name, labels, endpoints }: ClusterConfig) {
  return { name, labels, endpoints }
}
