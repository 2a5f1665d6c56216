import { deafSentence } from '#components/live/deafness.ts'
import type { LineState } from '#components/live/line.ts'
import { formatAge } from '#domain/format.ts'
import { newestOf } from '#domain/snapshot/staleness.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'
import { fleetSentence } from './fleet-sentence.ts'

/** The sentence above the fleet and the one below it; where all is old, the part that stands still is named. */
export function tellFleet(
  ordered: readonly AgedRow[],
  now: Date,
  phase: LineState['phase'],
): { sentence: string; rest: string | null } | null {
  const told = fleetSentence(ordered)
  if (!told || ordered.some((row) => row.isCurrent)) return told
  const newest = newestOf(...ordered.map((row) => row.seenAt))
  if (phase === 'live' || newest === null) return { sentence: told.sentence, rest: workerHint }
  return { sentence: deafSentence(phase, formatAge(newest, now)), rest: deafHints[phase] }
}

// The page hears the console, but the console has stopped looking.
const workerHint = 'The console has not looked at any of them lately: check that its worker runs.'

const deafHints = {
  paused: 'Follow changes again to see how the clusters are now.',
  connecting: 'How the clusters are now is not known here.',
  reconnecting: 'How the clusters are now is not known here.',
} as const satisfies Record<Exclude<LineState['phase'], 'live'>, string>
