import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import { lastDue } from '#domain/backup/backup-schedule.ts'
import { alsoMissed, unmadeRuns, type KeptRun } from '#domain/backup/due-runs.ts'
import { formatAge, formatInstant } from '#domain/format.ts'
import { asRuns, type RehearsalSchedule } from './rehearsal-schedule.ts'

/** What is known of a rehearsal that has ended. */
export interface RehearsalSeen {
  endedAt: Date
  /** False where the backups did not yield what was asked for. */
  isGood: boolean
  /** What they did not yield; null where it went well. */
  fault: string | null
}

/** A schedule of rehearsals that is in force, and how its runs came about. */
export interface RehearsalScheduleSeen {
  schedule: RehearsalSchedule
  /** What was due before then was not asked for by it. */
  since: Date
  runs: readonly KeptRun[]
}

/**
 * Whether the newest rehearsal failed, and whether one has gone well lately, by the schedule that is in force or else by what is usual: a backup that
 * was never restored is a hope.
 */
export function rehearsalFindings(
  rehearsals: readonly RehearsalSeen[],
  now: Date,
  scheduled: RehearsalScheduleSeen | null = null,
): BackupFinding[] {
  const inOrder = rehearsals.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime())
  const newest = inOrder.at(-1)
  const goods = inOrder.filter(({ isGood }) => isGood)
  const good = goods.at(-1)
  if (newest !== undefined && !newest.isGood) return [failed(newest, good, now)]
  const unmade = unmadeBy(goods, scheduled)
  if (unmade.length > 0) return [missed(unmade, good, now)]
  if (good === undefined) return [neverRehearsed]
  const due = scheduled && dueBy(scheduled, now)
  if (due !== null) return good.endedAt < due ? [overdue(good, now, due)] : []
  return now.getTime() - good.endedAt.getTime() > overdueMs ? [overdue(good, now)] : []
}

/** One that has gone well since makes a missed run good. */
function unmadeBy(goods: readonly RehearsalSeen[], scheduled: RehearsalScheduleSeen | null): KeptRun[] {
  const made = goods.map(({ endedAt }) => ({ type: 'full' as const, startedAt: endedAt }))
  const unmade = scheduled === null ? [] : unmadeRuns(scheduled.runs, made)
  return unmade.toSorted((a, b) => b.dueAt.getTime() - a.dueAt.getTime())
}

/** When one was due by the schedule that has had its time; null = none was yet. */
function dueBy({ schedule, since }: RehearsalScheduleSeen, now: Date): Date | null {
  const due = lastDue(asRuns(schedule), new Date(now.getTime() - takesMs))
  return due === null || due.at < since ? null : due.at
}

/** A rehearsal that waits to begin, or restores much, takes hours. */
const takesMs = 86_400_000

/** A month, and some days in which to find the time. */
const overdueMs = 35 * 86_400_000

function failed({ endedAt, fault }: RehearsalSeen, good: RehearsalSeen | undefined, now: Date): BackupFinding {
  return {
    ...ofCluster,
    kind: 'rehearsal-failed',
    severity: 'critical',
    sentence: `The rehearsal that ended ${formatAge(endedAt, now)} ago failed: ${fault ?? 'its report says how.'} ${before(good, now)}`,
    advice: 'Read its report, put right what it says, and rehearse again: a real recovery would fail in the same way.',
  }
}

/** Of several the newest is told: the others are of the same cause. */
function missed([newest, ...others]: readonly KeptRun[], good: RehearsalSeen | undefined, now: Date): BackupFinding {
  const due = newest === undefined ? '' : ` that was due at ${formatInstant(newest.dueAt)}`
  const why = newest?.sentence ? ` ${newest.sentence}` : ''
  return {
    ...ofCluster,
    kind: 'rehearsal-overdue',
    severity: 'warning',
    sentence: `The rehearsal${due} was missed.${why}${alsoMissed(others.length)} ${before(good, now)}`,
    advice: 'Rehearse a recovery now, and see that a worker runs and that the cluster is well when the next is due.',
  }
}

function overdue({ endedAt }: RehearsalSeen, now: Date, due: Date | null = null): BackupFinding {
  const since = due === null ? '' : `; one was due at ${formatInstant(due)}`
  return {
    ...ofCluster,
    kind: 'rehearsal-overdue',
    severity: 'warning',
    sentence: `The last recovery that was rehearsed and went well was ${formatAge(endedAt, now)} ago${since}.`,
    advice: 'Rehearse a recovery now: it disturbs nobody and shows that the backups can still be restored.',
  }
}

function before(good: RehearsalSeen | undefined, now: Date): string {
  return good === undefined
    ? 'None has ever gone well.'
    : `The last that went well was ${formatAge(good.endedAt, now)} ago.`
}

const ofCluster = { repository: null, backup: null } as const

const neverRehearsed: BackupFinding = {
  ...ofCluster,
  kind: 'rehearsal-overdue',
  severity: 'warning',
  sentence: 'No recovery of this cluster was ever rehearsed: whether its backups can be restored is not proven.',
  advice: 'Rehearse one now: it disturbs nobody and tells how long a real one would take.',
}
