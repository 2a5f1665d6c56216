import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { enabledSchedules, type StoredSchedule } from '#server/store/schedules.ts'
import type { DebugPoint } from '../engine/debug-point.ts'
import { backupRuns } from './backup-runs.ts'
import { rehearsalRuns } from './rehearsal-runs.ts'
import { settleSchedule } from './settle-schedule.ts'

export interface Looking {
  store: Store
  log: Log
  now: Date
  /** Named points at which a test ends the process. */
  debugPoint: DebugPoint
}

/** Settles what is due by every schedule in force; one that cannot be settled holds up no other. */
export async function settleSchedules({ store, log, now, debugPoint }: Looking): Promise<void> {
  for (const schedule of await enabledSchedules(store)) {
    try {
      await settle({ store, now, debugPoint }, schedule)
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-unreachable') throw error
      log.error({ error, cluster: schedule.clusterName, kind: schedule.kind }, 'a schedule could not be looked at')
    }
  }
}

function settle(given: Omit<Looking, 'log'>, schedule: StoredSchedule): Promise<void> {
  switch (schedule.kind) {
    case 'backup':
      return settleSchedule({ ...given, schedule, runKind: backupRuns })
    case 'rehearsal':
      return settleSchedule({ ...given, schedule, runKind: rehearsalRuns })
  }
}
