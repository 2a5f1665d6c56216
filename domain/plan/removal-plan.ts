import type { PlanCore } from './plan-core.ts'

/** Takes a cluster out of the console; the cluster itself is not touched. */
export interface RemovalPlan extends PlanCore {
  kind: 'remove-cluster'
  /** Digest of the registration as it stood: whoever approved its removal did not approve that of another. */
  registration: string
}

/** What the console holds of a cluster, as it goes with it. */
export interface HeldOfCluster {
  secrets: number
  agents: number
  backupSchedules: number
  rehearsalSchedules: number
  /** Rights of people, groups and tokens that are for this cluster alone. */
  grants: number
  /** Links for watchers and badges that show it. */
  shares: number
  silences: number
  /** Maintenance windows that have not ended. */
  windows: number
  routes: number
  /** Names of approval policies that are for this cluster alone. */
  policies: string[]
  /** Alerts that hold now. */
  alerts: number
  /** Requests of others that wait for approval. */
  proposed: number
}
