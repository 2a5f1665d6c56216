import type { DueRun } from './backup-schedule.ts'
import type { BackupType } from './backup.ts'

/** A run of a schedule that fell due, as it came about. */
export interface KeptRun {
  kind: ScheduleKind
  dueAt: Date
  /** Null for a rehearsal. */
  type: BackupType | null
  state: RunState
  /** What it is waiting for, or why it was missed; null where it began. */
  sentence: string | null
  operationId: string | null
  changedAt: Date
}

export type ScheduleKind = 'backup' | 'rehearsal'

/** `waiting`: cannot begin yet, and is tried again. `covered`: another run that was due by then was begun in its place. */
export type RunState = 'waiting' | 'begun' | 'covered' | 'missed'

/** A run that cannot begin in time is tried again for so long; a later one would load the cluster by day and come close to the next. */
export const graceMs = 4 * 3_600_000

/** What is to become of the runs that are due by now and were not settled yet. */
export interface Settlement {
  /** The fullest, and of several the newest; null = none. */
  begin: DueRun | null
  /** Due as well, and covered by it as soon as it has begun. */
  covered: DueRun[]
  /** Too late for any of them. */
  missed: DueRun[]
}

/** Settles runs that fell due: at most one begins, however many a worker comes late for. */
export function settleRuns(
  due: readonly DueRun[],
  settled: readonly Pick<KeptRun, 'dueAt' | 'state'>[],
  now: Date,
): Settlement {
  const isSettled = new Set(settled.filter(({ state }) => state !== 'waiting').map(({ dueAt }) => dueAt.getTime()))
  const open = due.filter(({ at }) => !isSettled.has(at.getTime()))
  const missed = open.filter(({ at }) => now.getTime() - at.getTime() > graceMs)
  const [begin = null, ...covered] = open
    .filter((run) => !missed.includes(run))
    .toSorted((a, b) => fullness[b.type] - fullness[a.type] || b.at.getTime() - a.at.getTime())
  return { begin, covered, missed }
}

/** The missed runs that no backup as full or fuller has made good since. */
export function unmadeRuns(
  runs: readonly KeptRun[],
  backups: readonly { type: BackupType; startedAt: Date }[],
): KeptRun[] {
  return runs.filter(
    ({ state, type, dueAt }) =>
      state === 'missed' &&
      !backups.some((backup) => backup.startedAt >= dueAt && fullness[backup.type] >= fullness[type ?? 'incr']),
  )
}

/** To follow a sentence on a run that was missed: how many before it were as well. */
export function alsoMissed(others: number): string {
  if (others === 0) return ''
  return others === 1 ? ' So was the one before it.' : ` So were the ${others} before it.`
}

const fullness = { full: 2, diff: 1, incr: 0 } as const satisfies Record<BackupType, number>
