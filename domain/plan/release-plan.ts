import type { PlanCore } from './plan-core.ts'

/** Lets the data go that a recovery kept aside for the way back, and the files that a rehearsal left for collection. */
export interface ReleasePlan extends PlanCore {
  kind: 'release-kept-data'
  /** The recovery or rehearsal whose data it is. */
  ofOperation: string
  kept: { node: string; name: string }[]
}
