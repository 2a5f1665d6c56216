import { timetableFault, type BackupTimetable } from '#domain/backup/backup-timetable.ts'
import type { ScheduleKind } from '#domain/backup/due-runs.ts'
import type { RehearsalSchedule } from '#domain/rehearsal/rehearsal-schedule.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { saveSchedule, type ScheduleBodies } from '#server/store/schedules.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { listSchedules, type ListedSchedules } from './list.ts'

interface Asked<T> {
  cluster: string
  schedule: T
  isEnabled: boolean
  reason: string
}

/** Sets when backups are made; what was due before then is not made up for. Throws AppError `invalid` for what is no schedule. */
export function setBackups(ctx: CommandContext, asked: Asked<BackupTimetable>): Promise<ListedSchedules> {
  const fault = timetableFault(asked.schedule)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'schedule', sentence: fault }] })
  return set(ctx, 'backup', asked)
}

/** Sets when recoveries are rehearsed. */
export function setRehearsals(ctx: CommandContext, asked: Asked<RehearsalSchedule>): Promise<ListedSchedules> {
  return set(ctx, 'rehearsal', asked)
}

async function set<K extends ScheduleKind>(
  { act, services: { store } }: CommandContext,
  kind: K,
  { cluster: name, schedule: body, isEnabled, reason }: Asked<ScheduleBodies[K]>,
): Promise<ListedSchedules> {
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: { kind, after: { body, isEnabled } } })
  await act.commit(async (tx) => {
    const given = { clusterId: cluster.id, kind, body, isEnabled, setBy: act.actor.name }
    const before = await saveSchedule<K>(tx, given)
    act.on({ target: cluster.name, cluster, reason, detail: { kind, before, after: { body, isEnabled } } })
    await notify(tx, { kind: 'backups', clusterId: cluster.id })
  })
  return listSchedules(store, name)
}
