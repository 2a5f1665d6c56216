import type { AgentSight } from './backup-plan.ts'
import { agentOf } from '#domain/agent/agent-fault.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { blockersOf } from './plan-reinitialise/blockers.ts'
import { mayKeepData } from './plan-reinitialise/methods.ts'
import { databaseBytesOn } from './plan-reinitialise/room.ts'
import { sentencesOf } from './plan-reinitialise/sentences.ts'
import { sourcesOf } from './plan-reinitialise/sources.ts'
import { warningsOf } from './plan-reinitialise/warnings.ts'
import { isRunning } from '#domain/snapshot/reachability.ts'
import type { ReinitialisePlan, ReinitialiseWish } from './reinitialise-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** What is known when a replica is to be copied anew. */
export interface ReinitialiseKnown {
  snapshot: Snapshot
  agents: readonly AgentSight[]
  /** Null = the layers were never looked at. */
  stack: StackView | null
  /** The backup operation that is under way; null = none is. */
  backup: Operation | null
}

/** What copying a replica anew would delete, cost and risk, and what stands in its way, as of these looks. */
export function planReinitialise(known: ReinitialiseKnown, wish: ReinitialiseWish, now: Date): ReinitialisePlan {
  const { snapshot, agents, stack } = known
  const member = snapshot.members.find(({ name }) => name === wish.member) ?? null
  const agent = agentOf(agents, wish.member)
  const parts = {
    ...known,
    wish,
    now,
    member,
    leader: snapshot.leader?.name ?? null,
    busyWith: member === null || isRunning(member) ? null : member.state,
    methods: agent?.replicaMethods ? [...agent.replicaMethods] : null,
    sources: sourcesOf(snapshot, wish.member),
    place: agent?.dataPlace ?? null,
    space: {
      dataBytes: databaseBytesOn(stack, snapshot.leader?.name ?? null),
      freeBytes: agent?.dataFreeBytes ?? null,
    },
  }
  const { busyWith, methods, sources, space } = parts
  return {
    version: 1,
    kind: 'reinitialise',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: parts.leader ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    ...wish,
    aim: wish.member,
    confirm: wish.member,
    busyWith,
    methods,
    sources,
    space,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: sentencesOf(parts),
    blockers: blockersOf(parts),
    warnings: warningsOf(parts),
    pointOfNoReturn: `Once Patroni on ${wish.member} has taken the request, the old data is ${mayKeepData(methods) ? 'gone or overwritten' : 'gone'}: it is a replica again only when the copy is complete.`,
  }
}
