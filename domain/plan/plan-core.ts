/** What every plan of an operation holds: the cluster it was made for as it stood then, and what is to be known before it is confirmed. */
export interface PlanCore {
  version: 1
  clusterId: string
  clusterName: string
  leader: string
  timeline: number | null
  systemIdentifier: string | null
  snapshotVersion: number
  madeAt: Date
  /** What will happen, in sentences, in order. */
  sentences: string[]
  /** Stands in the way: the operation is refused while any is here. */
  blockers: string[]
  /** Worth knowing, but not in the way. */
  warnings: string[]
  pointOfNoReturn: string
}
