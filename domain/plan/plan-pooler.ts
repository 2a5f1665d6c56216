import type { AgentSight } from './backup-plan.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { poolerBlockers } from './plan-pooler/blockers.ts'
import { poolerSentences } from './plan-pooler/sentences.ts'
import { poolerWarnings } from './plan-pooler/warnings.ts'
import { type PoolerCommandPlan, type PoolerPausePlan, type PoolerWish, pauseBounds } from './pooler-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** What is known when something is asked of poolers. */
export interface PoolerKnown {
  snapshot: Snapshot
  /** Null = the layers were never looked at. */
  stack: StackView | null
  agents: readonly AgentSight[]
}

/** What a command to poolers would do, as of the newest looks, and what stands in its way. */
export function planPooler(known: PoolerKnown, wish: PoolerWish, now: Date): PoolerPausePlan | PoolerCommandPlan {
  const { snapshot } = known
  const { act, database } = wish
  const nodes = nodesOf(known, wish)
  const given = { ...known, wish, nodes, now }
  const core = {
    version: 1 as const,
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    nodes,
    database,
    aim: `${database ?? 'all databases'} on ${nodes.length === 0 ? 'no pooler' : nodes.join(', ')}`,
    confirm: act === 'pause' || act === 'kill' ? snapshot.clusterName : null,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: poolerSentences(given),
    blockers: poolerBlockers(given),
    warnings: poolerWarnings(given),
    pointOfNoReturn: act === 'kill' ? 'With the first pooler: whoever is cut off has lost the transaction.' : '',
  }
  if (act !== 'pause') return { ...core, kind: 'pooler-command', act }
  return { ...core, kind: 'pooler-pause', act, drainMs: pauseBounds.drainMs, limitMs: wish.limitMs ?? 0 }
}

/** Every node that has a pooler beside it, as far as anything tells. */
function nodesOf({ snapshot, stack }: PoolerKnown, { node }: PoolerWish): string[] {
  if (node !== null) return [node]
  const looked = new Set((stack?.members ?? []).filter(({ pooler }) => pooler !== null).map(({ name }) => name))
  return snapshot.members
    .filter(({ name, pooler, isListed }) => isListed && (pooler !== null || looked.has(name)))
    .map(({ name }) => name)
}
