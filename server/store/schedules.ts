import type pg from 'pg'
import type { BackupTimetable } from '#domain/backup/backup-timetable.ts'
import type { KeptRun, ScheduleKind } from '#domain/backup/due-runs.ts'
import { fromJson } from '#domain/json.ts'
import type { RehearsalSchedule } from '#domain/rehearsal/rehearsal-schedule.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

export interface ScheduleBodies {
  backup: BackupTimetable
  rehearsal: RehearsalSchedule
}

/** What is to be done to a cluster again and again. */
export type StoredSchedule = { [K in ScheduleKind]: ScheduleOf<K> }[ScheduleKind]

export interface ScheduleOf<K extends ScheduleKind> {
  clusterId: string
  clusterName: string
  kind: K
  body: ScheduleBodies[K]
  isEnabled: boolean
  setBy: string
  /** What was due before is none of its runs. */
  setAt: Date
}

/** The schedules of a cluster, in force or not. */
export async function schedulesOf(store: Store, clusterId: string): Promise<StoredSchedule[]> {
  const { rows } = await store.pool.query<ScheduleRow>(`${selectSchedule} where s.cluster_id = $1`, [clusterId])
  return rows.map(scheduleOf)
}

/** The schedules of all clusters that are in force. */
export async function enabledSchedules(store: Store): Promise<StoredSchedule[]> {
  const { rows } = await store.pool.query<ScheduleRow>(
    `${selectSchedule} where s.is_enabled order by s.cluster_id, s.kind`,
  )
  return rows.map(scheduleOf)
}

/** Sets when something is done; returns what was set before, null = nothing. */
export async function saveSchedule<K extends ScheduleKind>(
  tx: pg.PoolClient,
  given: Pick<ScheduleOf<K>, 'clusterId' | 'kind' | 'body' | 'isEnabled' | 'setBy'>,
): Promise<{ body: unknown; isEnabled: boolean } | null> {
  const { clusterId, kind, body, isEnabled, setBy } = given
  const { rows } = await tx.query<{ body: unknown; isEnabled: boolean }>(
    'select body, is_enabled as "isEnabled" from schedule where cluster_id = $1 and kind = $2 for update',
    [clusterId, kind],
  )
  await tx.query(
    `insert into schedule (cluster_id, kind, body, is_enabled, set_by, set_at)
     values ($1, $2, $3, $4, $5, clock_timestamp())
     on conflict (cluster_id, kind) do update
        set body = excluded.body, is_enabled = excluded.is_enabled, set_by = excluded.set_by, set_at = excluded.set_at`,
    [clusterId, kind, JSON.stringify(body), isEnabled, setBy],
  )
  return rows[0] ?? null
}

/** Runs of a cluster that fell due since, newest first; one whose operation was refused, so that nothing was done, waits again. */
export async function runsSince(on: Queryable, clusterId: string, since: Date): Promise<KeptRun[]> {
  const { rows } = await on.query<KeptRun>(
    `select r.kind, r.due_at as "dueAt", r.type, r.operation_id as "operationId", r.changed_at as "changedAt",
            case when o.state = 'refused' then 'waiting' else r.state end as state,
            case when o.state = 'refused' then o.outcome else r.sentence end as sentence
       from scheduled_run r left join operation o on o.id = r.operation_id
      where r.cluster_id = $1 and r.due_at >= $2 order by r.due_at desc`,
    [clusterId, since],
  )
  return rows
}

/** Keeps how a run came about; false where that stood already, so that nothing is told twice. What was settled stays as it is. */
export async function keepRun(
  tx: Queryable,
  clusterId: string,
  { kind, dueAt, type, state, sentence, operationId }: Omit<KeptRun, 'changedAt'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into scheduled_run as kept (cluster_id, kind, due_at, type, state, sentence, operation_id, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
     on conflict (cluster_id, kind, due_at) do update
        set state = excluded.state, sentence = excluded.sentence, operation_id = excluded.operation_id, changed_at = excluded.changed_at
      where (kept.state = 'waiting' and excluded.state <> 'waiting')
         or (kept.operation_id is distinct from excluded.operation_id
             and exists (select from operation o where o.id = kept.operation_id and o.state = 'refused'))`,
    [clusterId, kind, dueAt, type, state, sentence, operationId],
  )
  return rowCount === 1
}

const selectSchedule = `
  select s.cluster_id as "clusterId", c.name as "clusterName", s.kind, s.body, s.is_enabled as "isEnabled",
         s.set_by as "setBy", s.set_at as "setAt"
    from schedule s join cluster c on c.id = s.cluster_id`

interface ScheduleRow {
  clusterId: string
  clusterName: string
  kind: ScheduleKind
  body: unknown
  isEnabled: boolean
  setBy: string
  setAt: Date
}

function scheduleOf({ kind, body, ...row }: ScheduleRow): StoredSchedule {
  return kind === 'backup'
    ? { ...row, kind, body: fromJson<BackupTimetable>(body) }
    : { ...row, kind, body: fromJson<RehearsalSchedule>(body) }
}
