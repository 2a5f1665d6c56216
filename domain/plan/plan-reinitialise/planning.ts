import type { DataPlace } from '#domain/recovery/data-place.ts'
import type { ReinitialiseKnown } from '#domain/plan/plan-reinitialise.ts'
import type { ReinitialisePlan, ReinitialiseWish } from '#domain/plan/reinitialise-plan.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'

/** What the parts of a plan are made from. */
export interface ReinitialisePlanning
  extends ReinitialiseKnown, Pick<ReinitialisePlan, 'busyWith' | 'methods' | 'sources' | 'space'> {
  wish: ReinitialiseWish
  now: Date
  /** Null = the cluster has no such member. */
  member: MemberSnapshot | null
  leader: string | null
  /** Where its data lies; null = no agent tells. */
  place: DataPlace | null
}
