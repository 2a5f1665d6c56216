import { isSameSchedule } from '#domain/plan/same-schedule.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'

/** What became of a switchover that Patroni was to keep for a given time, as far as can be seen. */
export type ScheduleJudgement =
  | { kind: 'standing' }
  /** Its time came, and the lead moved. */
  | { kind: 'ran'; to: string }
  /** Its time came, the lead moved and came back. */
  | { kind: 'returned'; by: string }
  /** The lead moved before its time: Patroni drops it. */
  | { kind: 'overtaken'; by: string }
  /** Its time has passed, and the same member leads without a break. */
  | { kind: 'dropped' }
  /** Before its time it is not to be seen. */
  | { kind: 'absent' }
  | { kind: 'open' }

/** Judges a schedule by what is scheduled, who leads and, once its time has come, by Patroni's history. */
export function judgeSchedule(
  snapshot: Snapshot,
  plan: Pick<SwitchoverPlan, 'leader' | 'candidate' | 'scheduledAt' | 'timeline'>,
  now: Date,
): ScheduleJudgement {
  const dueAt = plan.scheduledAt?.getTime() ?? 0
  const isDue = now.getTime() >= dueAt
  // Patroni keeps the key until the lead has moved.
  const standing = snapshot.scheduledSwitchover
  if (standing && isSameSchedule(standing, plan)) return { kind: isDue ? 'open' : 'standing' }
  const { leader } = snapshot
  if (leader === null) return { kind: 'open' }
  const since = snapshot.history.filter(({ timeline }) => plan.timeline !== null && timeline >= plan.timeline)
  if (leader.name !== plan.leader) {
    const movedAt = since.at(-1)?.endedAt ?? leader.since
    const isEarly = movedAt !== null && movedAt.getTime() < dueAt - clockSlackMs
    return isDue && !isEarly ? { kind: 'ran', to: leader.name } : { kind: 'overtaken', by: leader.name }
  }
  if (!isDue) return { kind: 'absent' }
  const other = since.find(({ newLeader }) => newLeader !== null && newLeader !== plan.leader)?.newLeader
  if (other) return { kind: 'returned', by: other }
  return { kind: now.getTime() - dueAt > lateMs(snapshot) ? 'dropped' : 'open' }
}

/** How long after its time a schedule may still be carried out, ms (ha.py should_run_scheduled_action). */
export function lateMs({ config }: Pick<Snapshot, 'config'>): number {
  return (config?.loopWaitSeconds ?? 10) * 2_000
}

/** The members' clocks and ours may differ by this much. */
const clockSlackMs = 5_000
