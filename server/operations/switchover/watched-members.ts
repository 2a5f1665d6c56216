import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import { addressToLookAt } from '../leader-address.ts'

/** Members worth looking at while the lead moves: who leads and who may lead then, also where it was asked for another. */
export function watchedMembers(
  snapshot: Snapshot,
  { leader, candidate, candidates }: Pick<SwitchoverPlan, 'leader' | 'candidate' | 'candidates'>,
): { name: string; url: string }[] {
  const fit = candidates.filter(({ isFit }) => isFit).map(({ name }) => name)
  const names = new Set([leader, ...(candidate === null ? [] : [candidate]), ...fit])
  return [...names].flatMap((name) => {
    const url = addressToLookAt(snapshot, name)
    return url === null ? [] : { name, url }
  })
}
