import { formatAge, formatInstant } from '#domain/format.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { count } from '#domain/words.ts'

/** How far back and how close to now recovery can reach, in a sentence; `line` is the current timeline with those it descends from. */
export function recoveryReach(windows: readonly RecoveryWindow[], line: readonly number[], now: Date): string {
  const ends = endsOf(windows, line)
  if (ends === null) return withoutSpan(windows)
  const { oldest, newest, breaks } = ends
  const stretch = `Recovery can land anywhere from ${formatAge(oldest.earliest.at, now)} to ${formatAge(newest.latest.at, now)} ago`
  return breaks === 0 ? `${stretch}.` : `${stretch}, but for ${count(breaks, 'stretch', 'stretches')} in between.`
}

/** The exact ends of that, each with what makes it one; null where nothing can be recovered. */
export function recoveryEnds(windows: readonly RecoveryWindow[], line: readonly number[]): string | null {
  const ends = endsOf(windows, line)
  if (ends === null) return null
  const { earliest } = ends.oldest
  const { latest } = ends.newest
  return `From ${formatInstant(earliest.at)} (${earliest.why}) to ${formatInstant(latest.at)} (${latest.why}).`
}

function endsOf(windows: readonly RecoveryWindow[], line: readonly number[]) {
  const spans = spansOn(windows, line)
  const [oldest] = spans
  const newest = spans.toSorted((a, b) => a.latest.at.getTime() - b.latest.at.getTime()).at(-1)
  return oldest === undefined || newest === undefined ? null : { oldest, newest, breaks: breaksIn(spans) }
}

/** The earliest moment that can be recovered and the latest, on the current line; null = none. */
export function recoveryBounds(
  windows: readonly RecoveryWindow[],
  line: readonly number[],
): { earliestAt: Date; latestAt: Date } | null {
  const spans = spansOn(windows, line)
  const [first] = spans
  if (first === undefined) return null
  const latestAt = spans.reduce((latest, span) => (span.latest.at > latest ? span.latest.at : latest), first.latest.at)
  return { earliestAt: first.earliest.at, latestAt }
}

/** How many stretches between the earliest and the latest moment cannot be recovered. */
export function recoveryBreaks(windows: readonly RecoveryWindow[], line: readonly number[]): number {
  return breaksIn(spansOn(windows, line))
}

function spansOn(windows: readonly RecoveryWindow[], line: readonly number[]): RecoveryWindow[] {
  return windows
    .filter(({ kind, timeline }) => kind === 'span' && line.includes(timeline))
    .toSorted((a, b) => a.earliest.at.getTime() - b.earliest.at.getTime())
}

/** Times between the spans that none covers. */
function breaksIn(spans: readonly RecoveryWindow[]): number {
  let reachedMs = Number.POSITIVE_INFINITY
  let breaks = 0
  for (const { earliest, latest } of spans) {
    if (earliest.at.getTime() > reachedMs) breaks += 1
    const latestMs = latest.at.getTime()
    reachedMs = reachedMs === Number.POSITIVE_INFINITY ? latestMs : Math.max(reachedMs, latestMs)
  }
  return breaks
}

function withoutSpan(windows: readonly RecoveryWindow[]): string {
  const points = windows.filter(({ kind }) => kind === 'point').length
  if (points === 0) return 'No moment can be recovered: there is no backup with the WAL that it needs.'
  return points === 1
    ? 'Only the end of one backup can be recovered: no WAL after it is archived.'
    : `Only the ends of ${count(points, 'backup')} can be recovered: no WAL after them is archived.`
}
