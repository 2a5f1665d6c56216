import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { LeadPlan } from '#domain/plan/plan.ts'
import { addressToLookAt } from '../leader-address.ts'

/**
 * Members worth looking at while the lead moves: who leads and who is to lead then, each fit one where Patroni chooses. No
 * others: five looks a second at one more member make the move itself slower.
 */
export function watchedMembers(
  snapshot: Snapshot,
  { leader, candidate, candidates }: Pick<LeadPlan, 'leader' | 'candidate' | 'candidates'>,
): { name: string; url: string }[] {
  const fit = candidates.filter(({ isFit }) => isFit).map(({ name }) => name)
  return [leader, ...(candidate === null ? fit : [candidate])].flatMap((name) => {
    const url = addressToLookAt(snapshot, name)
    return url === null ? [] : { name, url }
  })
}
