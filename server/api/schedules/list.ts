import type { KeptRun, ScheduleKind } from '#domain/backup/due-runs.ts'
import type { Store } from '#server/store/open.ts'
import { runsLately } from '#server/store/schedules-seen.ts'
import { schedulesOf, type ScheduleBodies, type StoredSchedule } from '#server/store/schedules.ts'
import { needCluster } from '../clusters/need.ts'

/** A schedule as it is shown. */
export interface ShownSchedule<K extends ScheduleKind> {
  body: ScheduleBodies[K]
  isEnabled: boolean
  setBy: string
  setAt: Date
}

/** When something is done to a cluster again and again, and how it came about lately. */
export interface ListedSchedules {
  cluster: string
  /** Null = none was ever set. */
  backup: ShownSchedule<'backup'> | null
  rehearsal: ShownSchedule<'rehearsal'> | null
  /** Of the last weeks, newest first. */
  runs: KeptRun[]
  serverNow: Date
}

/** The schedules of a cluster. */
export async function listSchedules(store: Store, name: string): Promise<ListedSchedules> {
  const cluster = await needCluster(store, name)
  const [schedules, runs] = await Promise.all([schedulesOf(store, cluster.id), runsLately(store, cluster.id)])
  const kinds = byKind(schedules)
  const shown = runs.filter((run) => run.state !== 'waiting' || isAwaited(run, kinds[run.kind]))
  return { cluster: cluster.name, ...kinds, runs: shown.slice(0, 100), serverNow: new Date() }
}

/** What waited when a schedule was changed or suspended waits no more. */
function isAwaited({ dueAt }: Pick<KeptRun, 'dueAt'>, schedule: { isEnabled: boolean; setAt: Date } | null): boolean {
  return schedule !== null && schedule.isEnabled && dueAt > schedule.setAt
}

function byKind(schedules: readonly StoredSchedule[]): Pick<ListedSchedules, 'backup' | 'rehearsal'> {
  const found: Pick<ListedSchedules, 'backup' | 'rehearsal'> = { backup: null, rehearsal: null }
  for (const { kind, body, isEnabled, setBy, setAt } of schedules) {
    if (kind === 'backup') found.backup = { body, isEnabled, setBy, setAt }
    else found.rehearsal = { body, isEnabled, setBy, setAt }
  }
  return found
}
