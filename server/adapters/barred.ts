import { LookError } from './look-error.ts'

/** Why a password is not sent to a place (an origin, or the host of a Postgres); null = it may be. */
export type Bar = (place: string) => string | null

/** Throws LookError `unauthorized`, before a byte is sent, where the password must not go. */
export function refuseBarred(bar: Bar | undefined, place: string): void {
  const sentence = bar?.(place) ?? null
  if (sentence !== null) throw new LookError('unauthorized', sentence, { mayHaveArrived: false })
}
