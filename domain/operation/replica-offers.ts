import { formatAge } from '#domain/format.ts'
import { verbOf } from './operation-words.ts'
import type { Operation } from './operation.ts'
import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** A member that may be copied anew; with a reason it cannot be now. */
export interface ReplicaOffer {
  member: string
  reason: string | null
}

/** What stands in the way of copying each member anew now, the leader with the reason why it never is. */
export function replicaOffers(
  snapshot: Snapshot,
  given: { underWay: readonly (Operation | null)[]; storeReachable: boolean; now: Date },
): ReplicaOffer[] {
  const barrier = barrierOf(given)
  return snapshot.members.map(({ name: member }) => {
    const known = { snapshot, agents: [], stack: null, backup: null }
    const { blockers } = planReinitialise(known, { member, force: true }, given.now)
    return { member, reason: blockers[0] ?? barrier }
  })
}

function barrierOf({ underWay, storeReachable, now }: Parameters<typeof replicaOffers>[1]): string | null {
  if (!storeReachable) {
    return 'Matriarch does not reach its own store, so nothing can be started or recorded. Bring the store back first.'
  }
  const holder = underWay.find((operation) => operation !== null)
  if (!holder) return null
  const { kind, requestedBy, requestedAt } = holder
  return `${requestedBy.name} has been ${verbOf(kind)} for ${formatAge(requestedAt, now)}. Wait for its end.`
}
