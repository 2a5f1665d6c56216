import type { Command } from 'commander'
import { nextRun } from '#domain/backup/backup-schedule.ts'
import { defaultTimetable, describeTimetable, type BackupTimetable } from '#domain/backup/backup-timetable.ts'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import type { KeptRun } from '#domain/backup/due-runs.ts'
import {
  describeRehearsals,
  defaultRehearsalSchedule,
  type RehearsalSchedule,
} from '#domain/rehearsal/rehearsal-schedule.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines } from '../print.ts'
import { reasonIn } from '../reason-in.ts'
import { readRun, readWeekly } from '../schedule-text.ts'

interface Shown<B> {
  body: B
  isEnabled: boolean
  setBy: string
  setAt: Date
}

interface SchedulesShape {
  backup: Shown<BackupTimetable> | null
  rehearsal: Shown<RehearsalSchedule> | null
  runs: KeptRun[]
  serverNow: Date
}

interface ScheduleOptions {
  set?: string[]
  rehearse?: string
  before?: string
  check?: string
  default?: boolean
  off?: boolean
  repository?: string
  fromStandby?: boolean
  reason?: string
  json?: boolean
}

/** `schedule CLUSTER [--set RUN...] [--rehearse WHEN] [--default] [--off] --reason TEXT`. */
export function addScheduleCommand(program: Command): void {
  program
    .command('schedule <cluster>')
    .description('when backups are made and recoveries rehearsed, in UTC')
    .option('--set <runs...>', 'set the backups: full@sun@01:00 diff@mon-sat@01:00')
    .option('--default', 'set the usual backups: full on Sunday, differential on the other days, at 01:00')
    .option('--repository <number>', 'with --set: where they go, 1 if not said')
    .option('--from-standby', 'with --set: read the files from a replica')
    .option('--no-from-standby', 'with --set: read them from the leader')
    .option('--rehearse <when>', 'set the weekly rehearsal: sun@04:00')
    .option('--before <minutes>', 'with --rehearse: to so long before the run; `end` for the end of the archive', '60')
    .option('--check <sql>', `with --rehearse: a query whose answer the report keeps. ${checkDatabaseHint}`)
    .option('--off', 'suspend the backups, or with --rehearse the rehearsals')
    .option('--reason <text>', 'why, for the audit log')
    .option('--json', 'print {backup, rehearsal, runs}')
    .action(async (cluster: string, options: ScheduleOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/schedule`
      const found = await changed(path, await get<SchedulesShape>(path), options)
      if (options.json) return printJson(found)
      printLines(linesOf(found))
    })
}

async function changed(path: string, known: SchedulesShape, options: ScheduleOptions): Promise<SchedulesShape> {
  const isEnabled = !options.off
  if (options.rehearse !== undefined) {
    const schedule: RehearsalSchedule = {
      ...(known.rehearsal?.body ?? defaultRehearsalSchedule),
      ...readWeekly(options.rehearse),
      beforeMs: beforeIn(options.before ?? '60'),
      ...(options.check !== undefined && { check: options.check }),
    }
    return change('PUT', `${path}/rehearsals`, { schedule, isEnabled, reason: reasonIn(options) })
  }
  if (!options.set && !options.default && !options.off) return known
  const kept = known.backup?.body ?? defaultTimetable
  const schedule: BackupTimetable = {
    runs: options.default ? defaultTimetable.runs : (options.set?.map(readRun) ?? kept.runs),
    repository: options.repository === undefined ? kept.repository : Number(options.repository),
    fromStandby: options.fromStandby ?? kept.fromStandby,
  }
  return change('PUT', `${path}/backups`, { schedule, isEnabled, reason: reasonIn(options) })
}

function beforeIn(text: string): number | null {
  if (text === 'end') return null
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text) * 60_000
  throw new UsageError(`${text} is no number of minutes, and not "end".`)
}

function linesOf({ backup, rehearsal, runs, serverNow }: SchedulesShape): string[] {
  const next = backup?.isEnabled ? nextRun(backup.body, serverNow) : null
  return [
    backup === null ? 'No backups are scheduled.' : `Backups: ${describeTimetable(backup.body)}${offWord(backup)}`,
    ...(next ? [`Next: ${next.type} at ${moment(next.at)}.`] : []),
    rehearsal === null
      ? 'No rehearsals are scheduled.'
      : `Rehearsals: ${describeRehearsals(rehearsal.body)}${offWord(rehearsal)}`,
    ...runs
      .filter(({ state }) => state === 'missed' || state === 'waiting')
      .slice(0, 5)
      .map(({ kind, dueAt, state, sentence }) => `${state}: ${kind} due at ${moment(dueAt)}. ${sentence ?? ''}`.trim()),
  ]
}

function offWord({ isEnabled }: { isEnabled: boolean }): string {
  return isEnabled ? '' : ' Suspended.'
}
