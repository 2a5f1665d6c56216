import type { StillArchives } from './backup-choice.ts'
import { backupEnd } from './recovery-ends.ts'
import type { RecoveryWindow } from './recovery-window.ts'

/** The windows as they will be once a running leader has archived what it has not yet: those at the end of its timeline reach to now. */
export function windowsToNow(
  windows: readonly RecoveryWindow[],
  leader: StillArchives | null,
  now: Date,
): RecoveryWindow[] {
  return windows.map((window) => {
    if (leader === null || !isOpen(window, windows, leader)) return window
    const [oldest] = window.backups
    const earliest = window.kind === 'point' && oldest !== undefined ? backupEnd(oldest) : window.earliest
    if (earliest.at > now) return window
    return {
      ...window,
      kind: 'span',
      earliest,
      latest: { at: now, why: 'what the leader has not archived yet is archived first' },
      surelyUntil: now,
      toLsn: Math.max(window.toLsn, leader.lsn ?? 0),
    }
  })
}

/** True where the leader's next segment goes on from the window's last. */
function isOpen(window: RecoveryWindow, windows: readonly RecoveryWindow[], { timeline }: StillArchives): boolean {
  if (window.timeline !== timeline || window.targetTimeline !== timeline || window.isCut) return false
  return windows.every((other) => {
    const isBeside = other.repository !== window.repository || other.timeline !== timeline
    return isBeside || other.toLsn <= window.toLsn
  })
}
