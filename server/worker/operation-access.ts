import type { CallKey } from '#server/adapters/agent/call.ts'
import type { Fleet } from '#server/collector/fleet.ts'
import type { AccessTo } from '#server/operations/operation-access.ts'
import { runningBackupOf } from '#domain/running-backup.ts'
import { untilStored } from '#server/operations/until-stored.ts'
import type { Store } from '#server/store/open.ts'
import { activeOperation } from '#server/store/operations.ts'
import { agentsToCall } from '#server/store/agents.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { agentAccess } from './agent-access.ts'

/** What operations may do with a cluster: this worker's clients, and its own looks or, where another worker looks, what that one kept. */
export function operationAccess(fleet: Fleet, store: Store, key: CallKey): AccessTo {
  return async (clusterId) => {
    const { patroni, etcd, patroniUrls, cluster } = await fleet.accessOf(clusterId)
    const { endpoints, scope } = cluster
    const known = await untilStored(() => agentsToCall(store, clusterId))
    const agents = new Map(known.map((agent) => [agent.node, agentAccess(agent, key)]))
    return {
      patroni,
      trustedOrigins: patroniUrls.map((url) => new URL(url).origin),
      readKeys: etcd && scope ? (signal) => etcd.readKeys(endpoints.etcdNamespace, scope, signal) : null,
      snapshot: async () =>
        fleet.collectorOf(clusterId)?.current() ?? untilStored(() => latestSnapshot(store, clusterId)),
      agent: (node) => agents.get(node) ?? null,
      runningBackup: async () => runningBackupOf(await untilStored(() => activeOperation(store, clusterId, 'backup'))),
      hurry: (until) => fleet.collectorOf(clusterId)?.hurry(until.getTime()),
    }
  }
}
