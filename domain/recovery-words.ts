import { formatAge, formatInstant } from './format.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { count } from './words.ts'

/** How far back and how close to now recovery can reach, in whole sentences; `line` is the current timeline with those it descends from. */
export function recoveryReach(windows: readonly RecoveryWindow[], line: readonly number[], now: Date): string {
  const spans = spansOn(windows, line)
  const [oldest] = spans
  const newest = spans.toSorted((a, b) => a.latest.at.getTime() - b.latest.at.getTime()).at(-1)
  if (oldest === undefined || newest === undefined) return withoutSpan(windows)
  const back = `Recovery reaches back to ${formatInstant(oldest.earliest.at)}, ${formatAge(oldest.earliest.at, now)} ago (${oldest.earliest.why})`
  const close = `up to ${formatAge(newest.latest.at, now)} ago (${newest.latest.why})`
  const breaks = breaksIn(spans)
  return `${back}, and ${close}${breaks === 0 ? '' : `; in between ${count(breaks, 'stretch', 'stretches')} cannot be reached`}.`
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
  return points === 0
    ? 'No moment can be recovered: there is no backup with the WAL that it needs.'
    : `Only the ends of ${count(points, 'backup')} can be recovered: no WAL after them is archived.`
}
