import type { Capability } from './capability.ts'
import type { Operation } from './operation.ts'
import type { Role } from './permission.ts'
import type { Snapshot } from './snapshot.ts'

/** What may be done with a cluster now, each act with the reason that stands in its way. */
export function capabilities(
  snapshot: Snapshot | null,
  given: {
    role: Role
    activeOperation: Pick<Operation, 'kind' | 'requestedBy' | 'requestedAt'> | null
    storeReachable: boolean
    now: Date
  },
): Capability[] {
  void snapshot
  void given
  return []
}
