import { isLsnLeftBehind } from './left-behind.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** The moment at the end of a window that is nearest to a WAL position; one that was left behind only where its timeline was asked for. */
export function nearestToLsn(
  lsn: number,
  windows: readonly RecoveryWindow[],
  { history, timeline: asked }: { history: TimelineHistory | null; timeline: number | null },
): Date | null {
  const ends = windows
    .filter(({ kind, timeline }) => kind === 'span' && (asked === null || timeline === asked))
    .flatMap(({ timeline, fromLsn, toLsn, earliest, latest }) => [
      { timeline, lsn: fromLsn, at: earliest.at },
      // A window holds the positions up to, not including, its last.
      { timeline, lsn: toLsn - 1, at: latest.at },
    ])
    .filter((end) => asked !== null || !isLsnLeftBehind(history, end.timeline, end.lsn))
  const distance = (end: { lsn: number }): number => Math.abs(end.lsn - lsn)
  return ends.toSorted((a, b) => distance(a) - distance(b))[0]?.at ?? null
}
