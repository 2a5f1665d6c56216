import type { MemberSnapshot } from './snapshot.ts'

/** True of a member that has been gone for longer than anybody waits for a machine to come back: most likely it was taken away. */
export function isLongGone({ missingSince, postgres, postgresProblem }: MemberSnapshot, now: Date): boolean {
  const isSilent = postgres === null || postgresProblem !== null
  return isSilent && missingSince !== null && now.getTime() - missingSince.getTime() > longGoneMs
}

const longGoneMs = 7 * 86_400_000
