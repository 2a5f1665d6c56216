/** Lets the data go that a recovery kept aside for the way back, and the files that a rehearsal left for collection. */
export interface ReleasePlan {
  version: 1
  kind: 'release-kept-data'
  clusterId: string
  clusterName: string
  leader: string
  timeline: number | null
  systemIdentifier: string | null
  /** The recovery or rehearsal whose data it is. */
  ofOperation: string
  kept: { node: string; name: string }[]
  snapshotVersion: number
  madeAt: Date
  sentences: string[]
  blockers: string[]
  warnings: string[]
  pointOfNoReturn: string
}
