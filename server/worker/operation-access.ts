import type { CallKey } from '#server/adapters/agent/call.ts'
import type { Fleet } from '#server/collector/fleet.ts'
import type { EtcdClient } from '#server/adapters/etcd/client.ts'
import { createHaproxyControl } from '#server/adapters/haproxy/control.ts'
import { createSessions } from '#server/adapters/postgres/sessions.ts'
import type { AccessTo, DcsAccess } from '#server/operations/operation-access.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import { untilStored } from '#server/operations/engine/until-stored.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import type { Store } from '#server/store/open.ts'
import { activeOperation, findOperation } from '#server/store/operations.ts'
import { agentsToCall, findAgent, type StoredAgent } from '#server/store/agents.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { agentAccess } from './agent-access.ts'
import { AgentBook } from './agent-book.ts'

/** What operations may do with a cluster: this worker's clients, and its own looks or, where another worker looks, what that one kept. */
export function operationAccess(fleet: Fleet, store: Store, key: CallKey): AccessTo {
  return async (clusterId) => {
    const access = await fleet.accessOf(clusterId)
    const { patroni, etcd, haproxy, patroniUrls, cluster } = access
    const { endpoints, scope } = cluster
    const known = await untilStored(() => agentsToCall(store, clusterId))
    const source = {
      find: (node: string) => findAgent(store.pool, clusterId, node),
      accessTo: (agent: StoredAgent) => agentAccess(agent, key),
    }
    const agents = new AgentBook(source, known)
    const snapshot = async () =>
      fleet.collectorOf(clusterId)?.current() ?? untilStored(() => latestSnapshot(store, clusterId))
    return {
      patroni,
      trustedOrigins: patroniUrls.map((url) => new URL(url).origin),
      readKeys: etcd && scope ? (signal) => etcd.readKeys(endpoints.etcdNamespace, scope, signal) : null,
      dcs: etcd && scope ? dcsAccess(etcd, { namespace: endpoints.etcdNamespace, scope }) : null,
      agentSights: () => untilStored(() => agentSights(store, clusterId)),
      backups: async () => (await untilStored(() => readBackups(store, clusterId))).view,
      snapshot,
      async sessions(name) {
        const member = (await snapshot())?.members.find((one) => one.name === name)
        const postgres = member?.host
          ? access.postgresAt({ host: member.host, port: member.port ?? 5432, who: name })
          : null
        return postgres && createSessions(postgres)
      },
      haproxy: haproxy && createHaproxyControl(haproxy),
      agent: (node) => agents.agent(node),
      async operation(id) {
        const found = await untilStored(() => findOperation(store, id))
        return found?.clusterId === clusterId ? found : null
      },
      runningBackup: async () => runningBackupOf(await untilStored(() => activeOperation(store, clusterId, 'backup'))),
      hurry: (until) => fleet.collectorOf(clusterId)?.hurry(until.getTime()),
      lookDeep: () => fleet.collectorOf(clusterId)?.lookDeep(),
      calm: (until) => fleet.collectorOf(clusterId)?.calm(until.getTime()),
    }
  }
}

function dcsAccess(etcd: EtcdClient, place: { namespace: string; scope: string }): DcsAccess {
  return {
    async list(signal) {
      const { keys } = await etcd.listKeys(place.namespace, place.scope, signal)
      return [...keys.values()].map(({ name, value }) => ({ name, value }))
    },
    clear: (order, signal) => etcd.clearScope({ ...order, ...place }, signal),
  }
}
