import { sweepMs } from '#domain/samples/sweep.ts'

const shortestRestMs = 3_000

/** Looks fall into the second half of each ten seconds of the clock; samples are taken in the first, of what is all of one age. */
const looksFromMs = 5_000
const looksUntilMs = 9_500

/** A place in the ten seconds, by chance: systems are not all asked at once. */
export function phaseOfLook(): number {
  return looksFromMs + Math.random() * (looksUntilMs - looksFromMs)
}

/** From a start to the next moment of the clock that has this place, ms; never at once again. */
export function untilPhase(phaseMs: number, startedAtMs: number): number {
  const sincePhase = (((startedAtMs - phaseMs) % sweepMs) + sweepMs) % sweepMs
  const rest = sweepMs - sincePhase
  return rest < shortestRestMs ? rest + sweepMs : rest
}
