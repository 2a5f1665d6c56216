import type { Candidate } from './candidate.ts'
import { lossOf } from './candidate-fitness.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isSyncActive } from '#domain/snapshot/synchronous-mode.ts'

/** What would be lost at most if one of these took over; null where unknown. Synchronous commits have reached every member that may win. */
export function lostBytes(winners: readonly Candidate[], snapshot: Snapshot): number | null {
  if (isSyncActive(snapshot)) return 0
  const losses = winners.map(({ name }) => {
    const member = snapshot.members.find((other) => other.name === name)
    return member ? lossOf(member, snapshot) : null
  })
  return losses.includes(null) ? null : Math.max(0, ...losses.map((loss) => loss ?? 0))
}
