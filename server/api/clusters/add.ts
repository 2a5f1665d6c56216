import type { ClusterConfig, ClusterDraft, Discovery } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'
import { findCluster, insertCluster } from '#server/store/clusters.ts'
import { demandAllowance } from '../allowance.ts'
import type { CommandContext } from '../trpc.ts'
import { demandDiscovery } from './discover.ts'

/** Registers a cluster with the addresses of all members found from the draft; stores nothing where anything stands in the way. */
export async function addCluster(context: CommandContext, draft: ClusterDraft): Promise<ClusterConfig> {
  const { act, caller, services } = context
  const { store } = services
  const detail = { patroniUrls: draft.patroniUrls, etcdUrls: draft.etcdUrls, haproxyUrl: draft.haproxyUrl }
  act.on({ target: draft.name, cluster: null, reason: null, detail })
  // Told before a worker is asked; the insert decides.
  if (await findCluster(store, draft.name)) {
    const sentence = `There is a cluster named ${draft.name} already: choose another name.`
    throw new AppError('conflict', sentence, { fields: [{ field: 'name', sentence }] })
  }
  await demandAllowance(context, 'looks at a cluster')
  const discovery = await demandDiscovery(store, { draft, clusterId: null, askedBy: caller.name })
  return act.commit(async (tx) => {
    const patroniUrls = allMemberUrls(draft.patroniUrls, discovery)
    const cluster = await insertCluster(tx, { ...draft, patroniUrls }, identityOf(discovery))
    act.on({ target: cluster.name, cluster, reason: null, detail: { ...detail, patroniUrls, scope: cluster.scope } })
    return cluster
  })
}

/** What the cluster calls itself. */
export function identityOf({ scope, systemIdentifier, isStandbyCluster }: Discovery) {
  return { scope, systemIdentifier, isStandby: isStandbyCluster }
}

/** The addresses of all members found and those typed: one that no member was found at is kept, because a person wanted it. */
export function allMemberUrls(typed: string[], { members }: Discovery): string[] {
  return [...new Set([...members.map((member) => member.apiUrl), ...typed])]
}
