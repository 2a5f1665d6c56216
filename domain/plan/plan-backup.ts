import type { AgentSight, BackupPlan, BackupWish } from './backup-plan.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { backupBlockers } from './plan-backup/blockers.ts'
import { chooseNode } from './plan-backup/node.ts'
import { backupSentences } from './plan-backup/sentences.ts'
import { backupWarnings } from './plan-backup/warnings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What a backup would do, where it would run and what stands in its way, as of this snapshot and these agents. */
export function planBackup(snapshot: Snapshot, agents: readonly AgentSight[], wish: BackupWish, now: Date): BackupPlan {
  const { node, nodeReason } = chooseNode(snapshot, agents, wish, now)
  const agent = agents.find((each) => each.node === node) ?? null
  const given = { snapshot, wish, now, node, agent, stanza: wish.stanza ?? agent?.stanza ?? snapshot.scope ?? '' }
  return {
    version: 1,
    kind: 'backup',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    node,
    nodeReason,
    stanza: given.stanza,
    repository: wish.repository,
    type: wish.type,
    startFast: wish.startFast,
    fromStandby: wish.fromStandby,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: backupSentences(given),
    blockers: backupBlockers(given),
    warnings: backupWarnings(given),
    pointOfNoReturn:
      'None: a backup can be cancelled at any time while it runs. What it has copied by then is no backup.',
  }
}
