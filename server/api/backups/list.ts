import type { RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import { readBackups, type StoredBackups } from '#server/store/backup-view.ts'
import { listAgents } from '#server/store/agents.ts'
import { rehearsalsSeen } from '#server/store/rehearsals-seen.ts'
import { schedulesSeen, type SchedulesSeen } from '#server/store/schedules-seen.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'

/** A cluster's backups as last seen, and whether anybody can be asked about them. */
export interface ListedBackups extends StoredBackups, SchedulesSeen {
  cluster: string
  /** Agents that may be called. */
  agents: number
  /** Those that have ended, newest first. */
  rehearsals: RehearsalSeen[]
  serverNow: Date
}

/** What is known of a cluster's backups. */
export async function listBackups(store: Store, name: string): Promise<ListedBackups> {
  const cluster = await needCluster(store, name)
  const [backups, agents, schedules, rehearsals] = await Promise.all([
    readBackups(store, cluster.id),
    listAgents(store, cluster.id),
    schedulesSeen(store, cluster.id),
    rehearsalsSeen(store, cluster.id),
  ])
  return {
    cluster: cluster.name,
    agents: agents.filter(({ state }) => state === 'enrolled').length,
    ...backups,
    ...schedules,
    rehearsals,
    serverNow: new Date(),
  }
}
