import { backupName } from '#domain/backup/backup.ts'
import { formatInstant } from '#domain/format.ts'
import { backupEnd } from '#domain/recovery/recovery-ends.ts'
import { capital, count } from '#domain/words.ts'
import type { Axis, Lane } from './lay-out-axis.ts'

/** A place on the axis that has something to say. */
export interface AxisStop {
  /** Index of its lane. */
  lane: number
  /** Percent. */
  left: number
  /** The moment that is meant by it; of what cannot be recovered the nearest at its edge. */
  at: Date
  sentence: string
}

/** Everything on the axis that has something to say, in the order of time. */
export function axisStops({ lanes }: Axis): AxisStop[] {
  const stops = lanes.flatMap((lane, index) => stopsOf(lane).map((stop) => ({ ...stop, lane: index })))
  return stops.toSorted((a, b) => a.left - b.left || a.lane - b.lane)
}

/** What a place on a lane means: the nearest stop, or whether the moment itself can be recovered. */
export function tellPlace(axis: Axis, stops: readonly AxisStop[], lane: number, left: number): AxisStop | null {
  const own = stops.filter((stop) => stop.lane === lane)
  const [nearest] = own.toSorted((a, b) => Math.abs(a.left - left) - Math.abs(b.left - left))
  if (nearest && Math.abs(nearest.left - left) <= nearEnough) return nearest
  const drawn = axis.lanes[lane]
  if (drawn === undefined) return null
  const at = momentAt(axis, left)
  const isWithin = drawn.spans.some((span) => left >= span.left && left <= span.left + span.width)
  const can = isWithin ? 'can be recovered' : 'cannot be recovered'
  return { lane, left, at, sentence: `${formatInstant(at)} ${can} on timeline ${drawn.timeline}.` }
}

/** Where a moment stands on the axis, percent; null = outside it. */
export function placeOf({ from, to }: Axis, at: Date): number | null {
  const left = ((at.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * 100
  return left < 0 || left > 100 ? null : left
}

/** To the second: a pointer is no more exact. */
function momentAt({ from, to }: Axis, left: number): Date {
  const ms = from.getTime() + ((to.getTime() - from.getTime()) * left) / 100
  return new Date(Math.floor(ms / 1000) * 1000)
}

const nearEnough = 1.2

function stopsOf({ beginning, spans, holes, backups, timeline }: Lane): Omit<AxisStop, 'lane'>[] {
  return [
    ...(beginning === null
      ? []
      : [
          {
            left: beginning.left,
            at: beginning.at,
            sentence: `Timeline ${timeline} began at ${formatInstant(beginning.at)}${beginning.parent === null ? '' : `, from timeline ${beginning.parent}`}.`,
          },
        ]),
    ...spans.flatMap(({ left, width, window: { earliest, latest } }) => [
      {
        left,
        at: earliest.at,
        sentence: `From ${formatInstant(earliest.at)} on timeline ${timeline}: ${earliest.why}.`,
      },
      {
        left: left + width,
        at: latest.at,
        sentence: `Up to ${formatInstant(latest.at)} on timeline ${timeline}: ${latest.why}.`,
      },
    ]),
    ...holes.map(({ left, width, from, to, gap }) => ({
      left: left + width / 2,
      at: from,
      sentence: `${formatInstant(from)} to ${formatInstant(to)} cannot be recovered on timeline ${timeline}: ${count(gap.segments, 'WAL segment')} from ${gap.first} on missing.`,
    })),
    ...backups.map(({ left, backup }) => ({
      left,
      at: backupEnd(backup).at,
      sentence: `${capital(backupName(backup))} ended at ${formatInstant(backup.stoppedAt)} on timeline ${timeline}.`,
    })),
  ]
}
