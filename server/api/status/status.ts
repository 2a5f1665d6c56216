import { assess } from '#domain/judgement/assess.ts'
import { availabilityOf, type Availability, type Span } from '#domain/availability/measure.ts'
import { daysOf, monthOf, quarterOf } from '#domain/availability/period.ts'
import type { DayTold, StatusAnswer, StatusView } from '#domain/availability/status-view.ts'
import { wayOf, type Way } from '#domain/availability/way.ts'
import { writeStateOf, type WriteState } from '#domain/availability/write-state.ts'
import { readTarget } from '#server/store/availability/read.ts'
import { statusFacts, type StatusFacts } from '#server/store/availability/status-facts.ts'
import type { Store } from '#server/store/open.ts'
import { readMeasured, type MeasuredCluster } from './measured.ts'

/** What those who only watch are told of the clusters with the ids, or of all. */
export async function statusOf(store: Store, ids: readonly string[] | null, now = new Date()): Promise<StatusAnswer> {
  const facts = await statusFacts(store.pool, ids)
  return { clusters: await Promise.all(facts.map((each) => viewOf(store, each, now))), serverNow: now }
}

async function viewOf(store: Store, facts: StatusFacts, now: Date): Promise<StatusView> {
  const [month, quarter] = [monthOf(now), quarterOf(now)]
  const [measured, target] = await Promise.all([
    readMeasured(store, facts.id, quarter),
    readTarget(store.pool, facts.id),
  ])
  const { state, since, way } = stateNow(facts, measured, now)
  const within = (period: Span) => availabilityOf(measured, period, now)
  return {
    name: facts.name,
    state,
    since,
    way,
    lookedAt: facts.snapshot?.takenAt ?? null,
    target,
    month: { period: month, measured: within(month) },
    quarter: { period: quarter, measured: within(quarter) },
    days: daysOf({ from: quarter.from, to: now }).map((day) => dayOf(within(day))),
    lastTakeover: facts.lastTakeover,
    lastBackupAt: facts.lastBackupAt,
    lastRehearsalAt: facts.lastRehearsalAt,
    planned: measured.planned.filter(({ to }) => to > now),
  }
}

/** A view that has grown old says nothing of now: it is unseen since its last look. */
export function stateNow(
  { snapshot }: Pick<StatusFacts, 'snapshot'>,
  { standing }: Pick<MeasuredCluster, 'standing'>,
  now: Date,
): { state: WriteState; since: Date | null; way: Way } {
  if (snapshot === null) return { state: 'unseen', since: null, way: 'unseen' }
  const { findings } = assess(snapshot, now)
  const { state } = writeStateOf(snapshot, findings, now)
  const way = wayOf(findings)
  if (standing?.state === state) return { state, since: standing.since, way }
  return { state, since: state === 'unseen' ? snapshot.takenAt : null, way }
}

function dayOf({
  from,
  to,
  wholeMs,
  servingMs,
  unplannedMs,
  plannedMs,
  unseenMs,
  unmeasuredMs,
}: Availability): DayTold {
  return { from, to, wholeMs, servingMs, unplannedMs, plannedMs, unseenMs, unmeasuredMs }
}
