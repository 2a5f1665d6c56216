import type { LineState } from '#components/live/line.ts'
import type { Tone } from '#components/ui/state-mark.tsx'
import { formatAge } from '#domain/format.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** How the line is, in a word and a tone. */
interface Told {
  tone: Tone
  text: string
  /** Where there is little room. */
  short: string
}

/** Green is only what is heard of this moment. */
export function tellLine(phase: LineState['phase'], seenAt: Date | null | undefined, now: Date): Told {
  const age = seenAt ? formatAge(seenAt, now) : null
  const seen = age === null ? '' : `, seen ${age} ago`
  if (phase !== 'live') return { tone: 'unseen', text: `${phase}${seen}`, short: phase }
  if (seenAt && isStale(seenAt, now)) return { tone: 'unseen', text: `last seen ${age} ago`, short: `${age} old` }
  return { tone: 'ok', text: `live${seen}`, short: age === null ? 'live' : `live, ${age}` }
}
