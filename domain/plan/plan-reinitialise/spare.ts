import { judgeCandidates } from '#domain/judgement/candidates.ts'
import type { ReinitialisePlanning } from './planning.ts'

/** Who could take over besides the member, as of now. */
export function othersFit({ snapshot, wish, now }: ReinitialisePlanning): string[] {
  return judgeCandidates(snapshot, now, 'failover')
    .filter(({ name, isFit }) => isFit && name !== wish.member)
    .map(({ name }) => name)
}
