import type { KeptRun, ScheduleKind } from '#domain/backup/due-runs.ts'
import type { ScheduleSeen } from '#domain/backup/judge-backups.ts'
import type { RehearsalScheduleSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import type { Store } from './open.ts'
import { runsSince, schedulesOf } from './schedules.ts'

/** The schedules that are in force, each with its own runs, for whoever judges the backups; null = there is none. */
export interface SchedulesSeen {
  scheduled: ScheduleSeen | null
  rehearsalsScheduled: RehearsalScheduleSeen | null
}

/** The schedules that are in force of a cluster. */
export async function schedulesSeen(store: Store, clusterId: string): Promise<SchedulesSeen> {
  const [schedules, runs] = await Promise.all([schedulesOf(store, clusterId), runsLately(store, clusterId)])
  const runsOf = (asked: ScheduleKind) => runs.filter(({ kind }) => kind === asked)
  const seen: SchedulesSeen = { scheduled: null, rehearsalsScheduled: null }
  for (const { kind, body, setAt: since } of schedules.filter(({ isEnabled }) => isEnabled)) {
    if (kind === 'backup') seen.scheduled = { schedule: body, since, runs: runsOf(kind) }
    else seen.rehearsalsScheduled = { schedule: body, since, runs: runsOf(kind) }
  }
  return seen
}

/** The runs of a cluster that fell due within four weeks, newest first. */
export function runsLately(store: Store, clusterId: string): Promise<KeptRun[]> {
  return runsSince(store.pool, clusterId, new Date(Date.now() - 28 * 86_400_000))
}
