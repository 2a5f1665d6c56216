import { judgeCandidates } from '#domain/judgement/candidates.ts'
import type { Capability } from './capability.ts'
import { formatAge } from '#domain/format.ts'
import { electionBar } from '#domain/judgement/election-bar.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { verbOf } from './operation-words.ts'
import type { Operation } from './operation.ts'
import { lastSeen } from '#domain/judgement/findings/console.ts'
import { leaderBlocker, leaderlessCancelBlocker, splitBrainBlocker } from '#domain/plan/plan-switchover/blockers.ts'
import { whyNoFailover } from '#domain/plan/plan-failover.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { takeoverObstacles } from '#domain/judgement/takeover-words.ts'

/** Who asks, and what holds the cluster at the moment. */
export interface CapabilityQuestion {
  /** Whether who asks may move the lead of this cluster. */
  mayAct: boolean
  activeOperation: Pick<Operation, 'kind' | 'requestedBy' | 'requestedAt'> | null
  storeReachable: boolean
  now: Date
}

/** What may be done with a cluster now, each act with the reason that stands in its way. */
export function capabilities(snapshot: Snapshot | null, question: CapabilityQuestion): Capability[] {
  const barrier = barrierOf(snapshot, question)
  return acts.map(({ act, label, reasonOf }) => {
    const reason = barrier ?? (snapshot ? reasonOf(snapshot, question.now) : null)
    return { act, label, isEnabled: reason === null, reason }
  })
}

const acts: readonly {
  act: Capability['act']
  label: string
  reasonOf: (snapshot: Snapshot, now: Date) => string | null
}[] = [
  { act: 'switchover', label: 'Switch over', reasonOf: switchoverReason },
  { act: 'failover', label: 'Fail over', reasonOf: whyNoFailover },
  { act: 'schedule-switchover', label: 'Schedule switchover', reasonOf: scheduleReason },
  { act: 'cancel-scheduled-switchover', label: 'Cancel scheduled switchover', reasonOf: cancelReason },
]

/** What stands in the way of every act alike. */
function barrierOf(
  snapshot: Snapshot | null,
  { mayAct, activeOperation, storeReachable, now }: CapabilityQuestion,
): string | null {
  if (!mayAct) return 'You may look at this cluster but not act. Ask an administrator for the role operator.'
  if (!storeReachable) {
    return 'Matriarch does not reach its own store, so nothing can be started or recorded. Bring the store back first.'
  }
  if (activeOperation) {
    const { kind, requestedBy, requestedAt } = activeOperation
    return `${requestedBy.name} has been ${verbOf(kind)} for ${formatAge(requestedAt, now)}. A cluster has one operation at a time.`
  }
  if (snapshot === null) return 'Matriarch has not looked at this cluster yet. It will within seconds if a worker runs.'
  if (sightOf(snapshot, now) !== 'clear') {
    return `Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, now)}`
  }
  return null
}

function switchoverReason(snapshot: Snapshot, now: Date): string | null {
  if (writersAtOnce(snapshot, now).length > 0) return splitBrainBlocker
  const bar = electionBar(snapshot, now)
  if (bar !== null) return `The lead cannot move: ${bar}.`
  return leaderBlocker(leaderStateOf(snapshot, now), now) ?? candidateReason(snapshot, now)
}

function scheduleReason(snapshot: Snapshot, now: Date): string | null {
  const reason = switchoverReason(snapshot, now)
  if (reason !== null) return reason
  if (snapshot.pause) return 'Patroni is paused, and it schedules nothing while paused. Resume it first.'
  if (snapshot.scheduledSwitchover) return 'A switchover is scheduled already. Cancel that one first.'
  return null
}

function cancelReason(snapshot: Snapshot): string | null {
  const standing = snapshot.scheduledSwitchover
  if (!standing) return 'No switchover is scheduled.'
  return snapshot.leader === null ? leaderlessCancelBlocker(standing.from) : null
}

function candidateReason(snapshot: Snapshot, now: Date): string | null {
  const candidates = judgeCandidates(snapshot, now, 'switchover').filter(({ code }) => code !== 'is-leader')
  if (candidates.some(({ isFit }) => isFit)) return null
  const obstacles = takeoverObstacles(candidates, snapshot, now)
  return obstacles === null ? 'There is no replica to switch over to.' : `No replica can take the lead: ${obstacles}.`
}
