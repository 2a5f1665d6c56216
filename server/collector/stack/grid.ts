import { sweepMs } from '#domain/samples/sweep.ts'

const shortestRestMs = 3_000

/** Looks fall into the first part of each ten seconds of the clock, samples are taken at their end: of all that is of one age. */
const looksMs = 6_000
const samplesFromMs = 8_500

/** A place in the ten seconds, by chance: systems are not all asked at once. */
export function phaseOfLook(): number {
  return Math.random() * looksMs
}

/** The same for taking samples. */
export function phaseOfSample(): number {
  return samplesFromMs + Math.random() * (sweepMs - samplesFromMs - 500)
}

/** From a start to the next moment of the clock that has this place, ms; never at once again. */
export function untilPhase(phaseMs: number, startedAtMs: number): number {
  const sincePhase = (((startedAtMs - phaseMs) % sweepMs) + sweepMs) % sweepMs
  const rest = sweepMs - sincePhase
  return rest < shortestRestMs ? rest + sweepMs : rest
}
