import { parseLsn } from '#domain/lsn.ts'
import type { HistoryLine } from './patroni.ts'

/** From which timelines one descends: oldest first, each up to where the next one left it. */
export interface TimelineHistory {
  timeline: number
  ancestors: Ancestor[]
  /** When the timeline came into being; null where not known. */
  beganAt: Date | null
}

export interface Ancestor {
  timeline: number
  /** Its WAL counts up to, not including, this position. */
  endLsn: number
  reason: string
  /** The moment of the data at which it was left: for a recovery to a moment that lies before the new timeline was made. Null = not known. */
  leftAt: Date | null
  /** When the next timeline came into being; null = not known. */
  endedAt: Date | null
  /** True where it was left by a recovery to an earlier moment: what it wrote after that is on no descendant. */
  isAbandoned: boolean
}

/**
 * Reads a `.history` file of Postgres (timeline.c readTimeLineHistory): `parent <tab> position <tab> reason`.
 * Null where a line is none of these or the timelines do not grow, as Postgres refuses it then too.
 */
export function parseTimelineHistory(
  timeline: number,
  text: string,
  beganAt: Date | null = null,
): TimelineHistory | null {
  const ancestors: Ancestor[] = []
  for (const line of text.split('\n')) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const match = /^\s*(\d{1,10})\s+([0-9A-Fa-f]{1,8}\/[0-9A-Fa-f]{1,8})(?:\s+(.*\S))?\s*$/.exec(line)
    const endLsn = parseLsn(match?.[2] ?? '')
    if (match === null || endLsn === null) return null
    ancestors.push(ancestor(Number(match[1]), endLsn, match[3] ?? ''))
  }
  const order = [...ancestors.map((each) => each.timeline), timeline]
  const grows = order.every((each, index) => index === 0 || each > (order[index - 1] ?? 0))
  return grows ? { timeline, ancestors: withMadeAt(ancestors, beganAt), beganAt } : null
}

/** The history of the current timeline from Patroni's `/history`, whose lines also tell when each timeline ended. */
export function historyFromPatroni(lines: readonly HistoryLine[], timeline: number): TimelineHistory {
  const before = lines.filter((line) => line.timeline < timeline).toSorted((a, b) => a.timeline - b.timeline)
  const ancestors = before.map((line) => {
    const read = ancestor(line.timeline, line.lsn, line.reason)
    return { ...read, endedAt: line.endedAt, leftAt: read.isAbandoned ? read.leftAt : line.endedAt }
  })
  return { timeline, ancestors, beganAt: before.at(-1)?.endedAt ?? null }
}

/** A timeline with those it descends from, oldest first. */
export function lineOf({ ancestors, timeline }: TimelineHistory): number[] {
  return [...ancestors.map((ancestor) => ancestor.timeline), timeline]
}

/** Postgres writes the reason in its own words: `before 2026-11-25 15:14:50.97+00` where recovery stopped at a moment. */
function ancestor(timeline: number, endLsn: number, reason: string): Ancestor {
  const match =
    /^(?:before|after) (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)([+-]\d\d(?::?\d\d)?|Z| UTC| GMT)$/.exec(reason)
  const leftAt = match === null ? null : validDate(`${match[1]}T${match[2]}${isoZone(match[3] ?? '')}`)
  return { timeline, endLsn, reason, leftAt, endedAt: null, isAbandoned: stopsEarly.test(reason) }
}

/** xlogrecovery.c getRecoveryStopReason; a promotion after all WAL says `no recovery target specified`. */
const stopsEarly = /^(?:before|after) |^at restore point |^reached consistency/

/** A parent ended when the child was made; one that was followed to its end was left then too. */
function withMadeAt(ancestors: Ancestor[], beganAt: Date | null): Ancestor[] {
  const last = ancestors.at(-1)
  if (last === undefined) return ancestors
  return [...ancestors.slice(0, -1), { ...last, endedAt: beganAt, leftAt: last.isAbandoned ? last.leftAt : beganAt }]
}

function isoZone(zone: string): string {
  if (!/^[+-]/.test(zone)) return 'Z'
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function validDate(iso: string): Date | null {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? null : date
}
