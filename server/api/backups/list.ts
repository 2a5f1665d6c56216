import type { ScheduleSeen } from '#domain/judge-backups.ts'
import { readBackups, type StoredBackups } from '#server/store/backup-view.ts'
import { listAgents } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'
import { scheduleSeen } from '../schedules/list.ts'
import { needCluster } from '../clusters/need.ts'

/** A cluster's backups as last seen, and whether anybody can be asked about them. */
export interface ListedBackups extends StoredBackups {
  cluster: string
  /** Agents that may be called. */
  agents: number
  /** The schedule that is in force; null = none is. */
  scheduled: ScheduleSeen | null
  serverNow: Date
}

/** What is known of a cluster's backups. */
export async function listBackups(store: Store, name: string): Promise<ListedBackups> {
  const cluster = await needCluster(store, name)
  const [backups, agents, scheduled] = await Promise.all([
    readBackups(store, cluster.id),
    listAgents(store, cluster.id),
    scheduleSeen(store, cluster.id),
  ])
  return {
    cluster: cluster.name,
    agents: agents.filter(({ state }) => state === 'enrolled').length,
    ...backups,
    scheduled,
    serverNow: new Date(),
  }
}
