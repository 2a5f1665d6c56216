import { isFollowing } from '#domain/snapshot/following.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { choiceInView } from '#domain/recovery/choice-in-view.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import { restoreBlockers } from './plan-restore/blockers.ts'
import { lossOf } from './plan-restore/loss.ts'
import type { RestoreCase, RestorePlanning } from './plan-restore/planning.ts'
import { restoreSentences } from './plan-restore/sentences.ts'
import { restoreWarnings } from './plan-restore/warnings.ts'
import { wayBackOf } from './plan-restore/way-back.ts'
import { expectedRestoreMs } from '#domain/recovery/restore-duration.ts'
import type { RestorePlan } from './restore-plan.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { targetWords } from '#domain/recovery/target-words.ts'

/** What a recovery in place would do, and what stands in its way, as of this snapshot, these agents and these backups. */
export function planRestore(given: RestoreCase): RestorePlan {
  const { snapshot, wish, now } = given
  const parts = planningOf(given)
  const { node, choice } = parts
  const isChosen = choice?.kind === 'chosen'
  return {
    version: 1,
    kind: 'restore',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: node,
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    node,
    nodeReason:
      node === ''
        ? 'Nobody leads.'
        : `${node} leads: what is not archived yet is there, and the settings and the room of a leader.`,
    replicas: parts.replicas.map(({ name }) => name),
    stanza: given.backups?.stanzaName ?? '',
    repository: parts.repository,
    target: wish.target,
    targetWords: targetWords(wish.target),
    set: isChosen ? choice.backup.label : '',
    targetTimeline: isChosen ? choice.targetTimeline : (leaderTimelineOf(snapshot) ?? 0),
    choiceReason: isChosen ? choice.why : '',
    check: wish.check,
    commitsAlone: wish.commitsAlone,
    clientsBack: wish.clientsBack,
    wayBack: parts.wayBack,
    loss: lossOf(parts),
    space: { neededBytes: parts.neededBytes, freeBytes: parts.freeBytes },
    expectedMs: expectedRestoreMs(given.past, isChosen ? choice.backup.sizeBytes : null),
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: restoreSentences(parts),
    blockers: restoreBlockers(parts),
    nearestAt: choice?.kind === 'refused' ? choice.nearestAt : null,
    warnings: restoreWarnings(parts),
    pointOfNoReturn:
      'When the recovered leader is restarted to serve clients: from then on its new timeline is archived. Until then the old cluster can be brought back as it was; after that only by another recovery.',
  }
}

function planningOf(given: RestoreCase): RestorePlanning {
  const { snapshot, backups, wish, now } = given
  const node = snapshot.leader?.name ?? ''
  const replicas = snapshot.members
    .filter((member) => member.name !== node && !isLongGone(member, now))
    .toSorted((a, b) => lagOf(b) - lagOf(a) || a.name.localeCompare(b.name))
  const { target, repository: asked } = wish
  const choice = backups && choiceInView({ snapshot, backups, target, repository: asked, archivesFirst: true, now })
  const repository =
    choice?.kind === 'chosen' ? choice.backup.repository : (asked ?? backups?.stanza?.repositories[0]?.key ?? 1)
  return { ...given, node, replicas, choice, repository, ...wayBackOf(given, { node, replicas }, choice) }
}

/** Who does not follow counts as furthest behind. */
function lagOf(member: MemberSnapshot): number {
  return isFollowing(member) && typeof member.receiveLag === 'number' ? member.receiveLag : Number.MAX_SAFE_INTEGER
}
