import type { StillArchives } from './backup-choice.ts'
import { backupEnd, earliestEnd, successorEnd } from './recovery-ends.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/**
 * The windows as they will be once a running leader has archived what it has not yet: those at the end of its timeline reach to now, and a timeline of which
 * nothing is archived so far joins the one it came from. `history` is that of the leader's timeline.
 */
export function windowsToNow(
  windows: readonly RecoveryWindow[],
  leader: StillArchives | null,
  history: TimelineHistory | null,
  now: Date,
): RecoveryWindow[] {
  if (leader === null) return [...windows]
  const end = leader.until ?? now
  const reaching = windows.map((window) => (isOpen(window, windows, leader) ? openTo(window, leader, end) : window))
  const repositories = [...new Set(windows.map(({ repository }) => repository))]
  const begun = repositories.flatMap((repository) =>
    newborn(
      windows.filter((window) => window.repository === repository),
      leader,
      history,
      end,
    ),
  )
  return [...reaching, ...begun]
}

const archivedFirst = 'what the leader has not archived yet is archived first'

/** True where the leader's next segment goes on from the window's last. */
function isOpen(window: RecoveryWindow, windows: readonly RecoveryWindow[], { timeline }: StillArchives): boolean {
  if (window.timeline !== timeline || window.targetTimeline !== timeline || window.isCut) return false
  return windows.every((other) => {
    const isBeside = other.repository !== window.repository || other.timeline !== timeline
    return isBeside || other.toLsn <= window.toLsn
  })
}

function openTo(window: RecoveryWindow, { lsn }: StillArchives, end: Date): RecoveryWindow {
  const [oldest] = window.backups
  const earliest = window.kind === 'point' && oldest !== undefined ? backupEnd(oldest) : window.earliest
  if (earliest.at > end || (window.kind === 'span' && window.latest.at > end)) return window
  return {
    ...window,
    kind: 'span',
    earliest,
    latest: { at: end, why: archivedFirst },
    surelyUntil: end,
    toLsn: Math.max(window.toLsn, lsn ?? 0),
  }
}

/** Of one repository: the windows of a timeline that has archived nothing there yet, and of its parent's last, unfinished segment. */
function newborn(
  windows: readonly RecoveryWindow[],
  leader: StillArchives,
  history: TimelineHistory | null,
  end: Date,
): RecoveryWindow[] {
  const { timeline, walSegmentSizeBytes, lsn } = leader
  const parent = history?.timeline === timeline ? history.ancestors.at(-1) : undefined
  if (!history || parent === undefined || windows.some((window) => window.timeline === timeline)) return []
  const { endLsn, leftAt, isAbandoned } = parent
  // The segment in which a timeline begins is read from that timeline; all before it from its parent.
  const needed = Math.floor(endLsn / walSegmentSizeBytes) * walSegmentSizeBytes
  const joined = windows.filter((each) => each.timeline === parent.timeline && !each.isCut && each.toLsn >= needed)
  const backups = joined
    .flatMap((window) => window.backups)
    .filter(({ lsnStop }) => lsnStop !== null && lsnStop <= endLsn)
    .toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
  const [oldest] = backups
  const [first] = joined
  if (oldest === undefined || first === undefined || history.beganAt === null) return []
  const base = { repository: first.repository, targetTimeline: timeline, kind: 'span' as const, backups }
  const own: RecoveryWindow = {
    ...base,
    timeline,
    earliest: earliestEnd(oldest, history, null),
    latest: { at: end, why: archivedFirst },
    surelyUntil: end,
    fromLsn: Math.max(endLsn, oldest.lsnStop ?? 0),
    toLsn: Math.max(endLsn, lsn ?? 0),
  }
  const before = backupEnd(oldest)
  if (isAbandoned || leftAt === null || before.at > leftAt) return [own]
  const latest = successorEnd(leftAt, timeline)
  const fromLsn = Math.min(endLsn, Math.max(first.fromLsn, oldest.lsnStop ?? 0))
  return [
    { ...base, timeline: parent.timeline, earliest: before, latest, surelyUntil: leftAt, fromLsn, toLsn: endLsn },
    own,
  ]
}
