import type { Candidate } from '#domain/judgement/candidate.ts'
import { judgeCandidates } from '#domain/judgement/candidates.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What the sheet offered when it was opened. It stands still: nothing may move under the finger that chooses. */
export interface SwitchoverOffer {
  /** For whom it was made; null = nobody led. */
  leader: string | null
  /** The fittest then; null = nobody was fit. */
  candidate: string | null
  /** Names of the members as they were listed. */
  order: readonly string[]
}

export function offerOf(snapshot: Snapshot, now: Date): SwitchoverOffer {
  const candidates = judgeCandidates(snapshot, now, 'switchover')
  return {
    leader: snapshot.leader?.name ?? null,
    candidate: candidates.find(({ isFit }) => isFit)?.name ?? null,
    order: candidates.map(({ name }) => name),
  }
}

/** The candidates as judged now, in the order of the offer; who has joined since comes last. */
export function inOrderOf({ order }: SwitchoverOffer, candidates: readonly Candidate[]): Candidate[] {
  const place = ({ name }: Candidate) => (order.includes(name) ? order.indexOf(name) : order.length)
  return candidates.toSorted((one, other) => place(one) - place(other))
}
