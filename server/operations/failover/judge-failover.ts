import type { Sighting } from '../lead/sighting.ts'

/** What became of a request to name the leader, as far as can be seen. */
export type FailoverJudgement =
  | { kind: 'moved' }
  /** Somebody else took the lead. */
  | { kind: 'elsewhere'; to: string }
  /** Under way, not yet long enough ago to say, or not to be seen. */
  | { kind: 'open' }
  /** All as before, no request stands any more, and time enough has passed. */
  | { kind: 'nothing' }

/** Judges by the leader key and by whether the request still stands, never by a reply. `leader` is empty where nobody led. */
export function judgeFailover(
  { leader, candidate }: { leader: string; candidate: string },
  { dcs }: Pick<Sighting, 'dcs'>,
  isSettled: boolean,
): FailoverJudgement {
  if (dcs === null) return { kind: 'open' }
  if (dcs.leader === candidate) return { kind: 'moved' }
  if (dcs.leader !== null && dcs.leader !== leader) return { kind: 'elsewhere', to: dcs.leader }
  const isAsBefore = (dcs.leader ?? '') === leader
  return { kind: isAsBefore && isSettled && dcs.isMovePending === false ? 'nothing' : 'open' }
}
