import type { Lane, Operation } from '#domain/operation/operation.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { DueRun } from '#domain/backup/backup-schedule.ts'
import type { ScheduleKind } from '#domain/backup/due-runs.ts'
import type { Store } from '#server/store/open.ts'
import type { ScheduleOf } from '#server/store/schedules.ts'

/** What is done when a run of a schedule is due. */
export interface RunKind<K extends ScheduleKind = ScheduleKind> {
  kind: K
  lane: Lane
  /** Runs due after `since` and up to and with `until`, oldest first. */
  due(schedule: ScheduleOf<K>, since: Date, until: Date): DueRun[]
  /** Names a run, to follow `The`: "full backup of main". */
  words(schedule: ScheduleOf<K>, run: DueRun): string
  /** Why it cannot begin now; null where nothing stands in the way. */
  whyNot(store: Store, schedule: ScheduleOf<K>, run: DueRun, now: Date): Promise<string | null>
  /** Asks for it; throws AppError where it is refused after all. */
  request(store: Store, asked: RunRequest<K>): Promise<Operation>
}

export interface RunRequest<K extends ScheduleKind> {
  schedule: ScheduleOf<K>
  run: DueRun
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  reason: string
  idempotencyKey: string
  now: Date
}
