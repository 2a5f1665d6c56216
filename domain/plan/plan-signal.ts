import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { plannedSession } from './plan-signal/planned-session.ts'
import { signalSentences, signalWarnings } from './plan-signal/words.ts'
import type { SignalPlan, SignalWish } from './signal-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** What is known when a session is to be ended. */
export interface SignalKnown {
  snapshot: Snapshot
  /** Null = the layers were never looked at. */
  stack: StackView | null
}

/** Whom a cancel or a terminate would hit, what comes of it, and what stands in its way, as of the newest looks. */
export function planSignal({ snapshot, stack }: SignalKnown, wish: SignalWish, now: Date): SignalPlan {
  const { act, member, pid, backendStart } = wish
  const session = stack && plannedSession(stack, wish)
  return {
    version: 1,
    kind: 'signal-backend',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    act,
    member,
    pid,
    backendStart,
    aim: `pid ${pid} on ${member}`,
    session,
    confirm: null,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: signalSentences(wish, session),
    blockers: blockersOf({ snapshot, stack }, wish),
    warnings: signalWarnings({ wish, session, stack, now }),
    pointOfNoReturn:
      act === 'cancel' ? 'With the signal: the statement is not run again by itself.' : 'With the signal.',
  }
}

function blockersOf({ snapshot, stack }: SignalKnown, { member, pid }: SignalWish): string[] {
  const { clusterName } = snapshot
  if (!snapshot.members.some(({ name }) => name === member)) return [`${clusterName} has no member ${member}.`]
  const look = stack?.members.find(({ name }) => name === member)
  if (look?.postgres === null) {
    return [
      `The console has no user for Postgres on ${member}, so it cannot reach its session ${pid}: name one in the settings of ${clusterName}.`,
    ]
  }
  return []
}
