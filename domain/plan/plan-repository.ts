import type { AgentSight } from './backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { repositoryBlockers } from './plan-repository/blockers.ts'
import { chooseNode } from './plan-repository/node.ts'
import { pointOfNoReturn, repositorySentences } from './plan-repository/sentences.ts'
import { repositoryWarnings } from './plan-repository/warnings.ts'
import type { RepositoryPlan, RepositoryWish } from './repository-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What is known when a chore on a repository is planned. */
export interface RepositoryKnown {
  snapshot: Snapshot
  agents: readonly AgentSight[]
  /** Null = the backups were never seen. */
  view: BackupView | null
}

/** What a chore on a repository would do, where, and what stands in its way, as of what is known. */
export function planRepository(
  { snapshot, agents, view }: RepositoryKnown,
  wish: RepositoryWish,
  now: Date,
): RepositoryPlan {
  const { node, nodeReason } = chooseNode({ snapshot, agents, view }, wish, now)
  const agent = agents.find((each) => each.node === node) ?? null
  const stanza = agent?.stanza ?? view?.stanzaName ?? snapshot.scope ?? ''
  const given = { snapshot, view, wish, now, node, agent, stanza }
  return {
    version: 1,
    kind: wish.kind,
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    node,
    nodeReason,
    stanza,
    repository: wish.repository,
    set: wish.set,
    preview: wish.preview ?? null,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: repositorySentences(given),
    blockers: repositoryBlockers(given),
    warnings: repositoryWarnings(given),
    pointOfNoReturn: pointOfNoReturn[wish.kind],
  }
}
