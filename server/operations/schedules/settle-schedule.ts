import type { DueRun } from '#domain/backup/backup-schedule.ts'
import {
  alsoMissed,
  graceMs,
  settleRuns,
  type KeptRun,
  type ScheduleKind,
  type Settlement,
} from '#domain/backup/due-runs.ts'
import { formatDuration, formatInstant } from '#domain/format.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import { AppError } from '#server/errors.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { activeOperation, operationOfKey } from '#server/store/operations.ts'
import { runsSince, type ScheduleOf } from '#server/store/schedules.ts'
import { scheduleActor } from '../request/actor.ts'
import type { DebugPoint } from '../engine/debug-point.ts'
import type { RunKind } from './run-kind.ts'
import { tellRuns } from './tell-run.ts'

interface Settling<K extends ScheduleKind> {
  store: Store
  schedule: ScheduleOf<K>
  runKind: RunKind<K>
  now: Date
  /** Named points at which a test ends the process. */
  debugPoint: DebugPoint
}

/**
 * Begins the run of a schedule that is due, keeps why it cannot begin yet, and tells of those that are too late. May be called by any worker at any time
 * and again after a crash: a run is asked for under a key of its own, so it becomes one operation at most.
 */
export async function settleSchedule<K extends ScheduleKind>(settling: Settling<K>): Promise<void> {
  const { store, schedule, runKind, now } = settling
  const since = new Date(Math.max(schedule.setAt.getTime(), now.getTime() - lookBackMs))
  const due = runKind.due(schedule, since, now)
  if (due.length === 0) return
  const kept = (await runsSince(store.pool, schedule.clusterId, since)).filter(({ kind }) => kind === runKind.kind)
  const settlement = settleRuns(due, kept, now)
  await tellMissed(settling, settlement, kept)
  const { begin, covered } = settlement
  if (begin) await tryRun(settling, begin, covered)
}

/** Whoever comes back after longer than that reports no more than this. */
const lookBackMs = 8 * 86_400_000
/** A run whose operation was refused is not asked for anew at each look. */
const restMs = 600_000

async function tryRun<K extends ScheduleKind>(settling: Settling<K>, run: DueRun, covered: DueRun[]): Promise<void> {
  const { store, schedule, runKind, now } = settling
  const tries = await triesOf(settling, run)
  if (tries.lastAt !== null && now.getTime() - tries.lastAt.getTime() < restMs) return
  const idempotencyKey = `${keyOf(settling, run)}${tries.refused === 0 ? '' : `:${tries.refused + 1}`}`
  const known = await operationOfKey(store.pool, scheduleActor.id, idempotencyKey)
  const cluster = { id: schedule.clusterId, name: schedule.clusterName }
  let operationId = known?.id ?? null
  if (operationId === null) {
    const fault = (await laneFault(settling)) ?? (await runKind.whyNot(store, schedule, run, now))
    if (fault !== null) return wait(settling, run, fault)
    const reason = `Due at ${formatInstant(run.at)} by the schedule that ${schedule.setBy} set at ${formatInstant(schedule.setAt)}.`
    try {
      operationId = (await runKind.request(store, { schedule, run, cluster, reason, idempotencyKey, now })).id
    } catch (error) {
      if (!(error instanceof AppError) || !['refused', 'conflict'].includes(error.code)) throw error
      return wait(settling, run, error.message)
    }
  }
  settling.debugPoint('schedules:after-request')
  const begun = { ...base(settling, run), state: 'begun' as const, sentence: null, operationId }
  const inItsPlace = covered.map((each) => ({
    ...base(settling, each),
    state: 'covered' as const,
    sentence: `The ${runKind.words(schedule, run)} that was due at ${formatInstant(run.at)} was begun in its place.`,
    operationId: null,
  }))
  await inTransaction(store, (tx) => tellRuns(tx, schedule, [begun, ...inItsPlace], () => null))
}

/** Before anything is asked for, lest each try leave a refusal in the audit log; of a cluster that is being recovered nothing is made or tried. */
async function laneFault<K extends ScheduleKind>({ store, schedule, runKind }: Settling<K>): Promise<string | null> {
  const { clusterId } = schedule
  const lead = await activeOperation(store, clusterId, 'lead')
  const holder = lead?.kind === 'restore' ? lead : await activeOperation(store, clusterId, runKind.lane)
  if (holder === null) return null
  return `${holder.requestedBy.name} has been ${verbOf(holder.kind)} since ${formatInstant(holder.requestedAt)}.`
}

async function wait<K extends ScheduleKind>(settling: Settling<K>, run: DueRun, why: string): Promise<void> {
  const { store, schedule, runKind } = settling
  const until = formatInstant(new Date(run.at.getTime() + graceMs))
  const waiting = { ...base(settling, run), state: 'waiting' as const, sentence: why, operationId: null }
  const sentence = `The ${runKind.words(schedule, run)} that was due at ${formatInstant(run.at)} cannot begin yet. ${why} It is tried again until ${until}.`
  await inTransaction(store, (tx) => tellRuns(tx, schedule, [waiting], () => sentence))
}

/** Several that were missed together are told of as one. */
async function tellMissed<K extends ScheduleKind>(
  settling: Settling<K>,
  { missed }: Settlement,
  kept: readonly KeptRun[],
): Promise<void> {
  if (missed.length === 0) return
  const { store, schedule, runKind } = settling
  const runs = missed.map((run) => {
    const waited = kept.find(({ dueAt }) => dueAt.getTime() === run.at.getTime())?.sentence
    const why = waited ?? 'No worker was there to begin it.'
    return { ...base(settling, run), state: 'missed' as const, sentence: why, operationId: null, run }
  })
  await inTransaction(store, (tx) =>
    tellRuns(tx, schedule, runs, (fresh) => {
      const last = runs.findLast(({ dueAt }) => fresh.some((each) => each.dueAt.getTime() === dueAt.getTime()))
      if (last === undefined) return null
      const others = alsoMissed(fresh.length - 1)
      return `The ${runKind.words(schedule, last.run)} that was due at ${formatInstant(last.dueAt)} was missed: it did not begin within ${formatDuration(graceMs)}. ${last.sentence}${others}`
    }),
  )
}

function base<K extends ScheduleKind>({ runKind }: Settling<K>, run: DueRun) {
  return { kind: runKind.kind, dueAt: run.at, type: runKind.kind === 'backup' ? run.type : null }
}

function keyOf<K extends ScheduleKind>({ schedule, runKind }: Settling<K>, run: DueRun): string {
  return `schedule:${runKind.kind}:${schedule.clusterId}:${run.at.toISOString()}`
}

/** How often the run was asked for and refused before anything was done. */
async function triesOf<K extends ScheduleKind>(
  settling: Settling<K>,
  run: DueRun,
): Promise<{ refused: number; lastAt: Date | null }> {
  const { rows } = await settling.store.pool.query<{ refused: number; lastAt: Date | null }>(
    `select count(*)::int as refused, max(ended_at) as "lastAt" from operation
      where actor_id = $1 and (idempotency_key = $2 or starts_with(idempotency_key, $2 || ':')) and state = 'refused'`,
    [scheduleActor.id, keyOf(settling, run)],
  )
  return rows[0] ?? { refused: 0, lastAt: null }
}
