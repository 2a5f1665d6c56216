import type { RecoveryWindow } from './recovery-window.ts'

/**
 * Windows in the order they are to be used in: of the current line first, then by repository as pgBackRest does, newest timeline first; by
 * the timeline that went on rather than by its own end, where Postgres may look in vain for a commit later than the target.
 */
export function preferred(windows: readonly RecoveryWindow[], line: readonly number[]): RecoveryWindow[] {
  const isOff = ({ timeline }: RecoveryWindow): number => (line.length === 0 || line.includes(timeline) ? 0 : 1)
  return windows.toSorted(
    (a, b) =>
      isOff(a) - isOff(b) ||
      kinds[a.kind] - kinds[b.kind] ||
      a.repository - b.repository ||
      b.timeline - a.timeline ||
      b.targetTimeline - a.targetTimeline ||
      b.latest.at.getTime() - a.latest.at.getTime(),
  )
}

const kinds = { span: 0, point: 1 } as const satisfies Record<RecoveryWindow['kind'], number>
