import type { Backup } from '#domain/backup/backup.ts'
import type { RecoveryWindow } from '#domain/recovery/recovery-window.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import type { WalGap } from '#domain/wal/wal-gaps.ts'

/** What is drawn: time from left to right, one lane a timeline; places and widths in percent of it. */
export interface Axis {
  from: Date
  to: Date
  /** Newest timeline first. */
  lanes: Lane[]
  /** Lanes there is no room for. */
  lanesLeftOut: number
}

export interface Lane {
  repository: number
  timeline: number
  /** Of the current timeline, or one that it descends from. */
  isOnLine: boolean
  spans: { left: number; width: number; window: RecoveryWindow }[]
  holes: Hole[]
  backups: { left: number; backup: Backup }[]
  /** Where the timeline began; null where not known, as for the first. */
  beginning: { left: number; at: Date; parent: number | null } | null
}

/** Moments that cannot be recovered because WAL is missing. */
export interface Hole {
  left: number
  width: number
  from: Date
  to: Date
  gap: WalGap
}

export interface AxisGiven {
  windows: readonly RecoveryWindow[]
  backups: readonly Backup[]
  gaps: readonly { repository: number; gap: WalGap }[]
  histories: readonly TimelineHistory[]
  line: readonly number[]
  now: Date
}

/** Lays out what can be recovered from the oldest backup to now; null where there is nothing to draw. */
export function layOutAxis(given: AxisGiven): Axis | null {
  const backups = given.backups.filter(({ isOfThisCluster, timeline }) => isOfThisCluster && timeline !== null)
  const starts = [
    ...given.windows.map(({ earliest }) => earliest.at.getTime()),
    ...backups.map(({ stoppedAt }) => stoppedAt.getTime()),
  ]
  if (starts.length === 0) return null
  const first = starts.reduce((least, start) => Math.min(least, start), given.now.getTime())
  const lengthMs = Math.max(given.now.getTime() - first, shortestMs)
  // What is at either end is not cut in half.
  const to = given.now
  const from = new Date(to.getTime() - lengthMs * 1.02)
  const placeOf = (at: Date) => clamp(((at.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * 100)
  const keys = new Map<string, { repository: number; timeline: number }>()
  for (const { repository, timeline } of [...given.windows, ...backups]) {
    if (timeline !== null) keys.set(`${repository} ${timeline}`, { repository, timeline })
  }
  const ordered = [...keys.values()].toSorted((a, b) => a.repository - b.repository || b.timeline - a.timeline)
  const lanes = ordered.slice(0, mostLanes).map((key) => laneOf(key, { ...given, backups }, placeOf))
  return { from, to, lanes, lanesLeftOut: ordered.length - lanes.length }
}

function laneOf(
  { repository, timeline }: { repository: number; timeline: number },
  { windows, backups, gaps, histories, line }: AxisGiven,
  placeOf: (at: Date) => number,
): Lane {
  const isHere = (one: { repository: number; timeline: number | null }) =>
    one.repository === repository && one.timeline === timeline
  const own = windows.filter(isHere).toSorted((a, b) => a.earliest.at.getTime() - b.earliest.at.getTime())
  const spans = own
    .filter(({ kind }) => kind === 'span')
    .map((window) => ({ ...stretch(window.earliest.at, window.latest.at, placeOf), window }))
  const history = histories.find((each) => each.timeline === timeline)
  return {
    repository,
    timeline,
    isOnLine: line.includes(timeline),
    spans,
    holes: gaps
      .filter((each) => each.repository === repository && each.gap.timeline === timeline)
      .flatMap(({ gap }) => holeOf(gap, own, placeOf)),
    backups: backups.filter(isHere).map((backup) => ({ left: placeOf(backup.stoppedAt), backup })),
    beginning:
      history?.beganAt == null
        ? null
        : {
            left: placeOf(history.beganAt),
            at: history.beganAt,
            parent: history.ancestors.at(-1)?.timeline ?? null,
          },
  }
}

/** From the last moment before the gap to the first that a later backup makes recoverable again. */
function holeOf(gap: WalGap, windows: readonly RecoveryWindow[], placeOf: (at: Date) => number): Hole[] {
  const { passedAt } = gap
  if (passedAt === null) return []
  const before = windows.filter(({ latest }) => latest.at <= passedAt).at(-1)
  const after = windows.find(({ earliest }) => earliest.at >= passedAt)
  const from = before?.latest.at ?? passedAt
  const to = after?.earliest.at ?? passedAt
  return [{ ...stretch(from, to, placeOf), from, to, gap }]
}

function stretch(from: Date, to: Date, placeOf: (at: Date) => number): { left: number; width: number } {
  const left = placeOf(from)
  return { left, width: Math.max(placeOf(to) - left, thinnest) }
}

function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent))
}

const shortestMs = 60_000
const mostLanes = 8
/** So that it is seen at all. */
const thinnest = 0.3
