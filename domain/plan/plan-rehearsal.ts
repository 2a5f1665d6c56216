import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { rehearsalBlockers } from './plan-rehearsal/blockers.ts'
import { rehearsalChoice } from './plan-rehearsal/choice.ts'
import { rehearsalNode } from './plan-rehearsal/node.ts'
import type { RehearsalCase, RehearsalPlanning } from './plan-rehearsal/planning.ts'
import { rehearsalSentences } from './plan-rehearsal/sentences.ts'
import { rehearsalWarnings } from './plan-rehearsal/warnings.ts'
import type { RehearsalPlan } from './rehearsal-plan.ts'
import { roomFor } from '#domain/recovery/restore-room.ts'
import { targetWords } from '#domain/recovery/target-words.ts'

/** What a rehearsal of a recovery would do, where, and what stands in its way. */
export function planRehearsal(given: RehearsalCase): RehearsalPlan {
  const { snapshot, wish, now } = given
  const parts = planningOf(given)
  const { choice } = parts
  const isChosen = choice?.kind === 'chosen'
  return {
    version: 1,
    kind: 'rehearsal',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    node: parts.node,
    nodeReason: parts.nodeReason,
    stanza: given.backups?.stanzaName ?? '',
    repository: parts.repository,
    archivesFirst: parts.archivesFirst,
    target: wish.target,
    targetWords: targetWords(wish.target),
    set: isChosen ? choice.backup.label : '',
    targetTimeline: isChosen ? choice.targetTimeline : (leaderTimelineOf(snapshot) ?? 0),
    choiceReason: isChosen ? choice.why : '',
    check: wish.check,
    verifiesPages: wish.verifiesPages,
    extract: wish.extract,
    space: { neededBytes: parts.neededBytes, freeBytes: parts.freeBytes },
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: rehearsalSentences(parts),
    blockers: rehearsalBlockers(parts),
    nearestAt: choice?.kind === 'refused' ? choice.nearestAt : null,
    warnings: rehearsalWarnings(parts),
    pointOfNoReturn: 'None: a rehearsal can be cancelled at any time, and what it restored is deleted.',
  }
}

function planningOf(given: RehearsalCase): RehearsalPlanning {
  const { backups, wish } = given
  const { repository: asked } = wish
  const chosen = rehearsalChoice(given)
  const { choice } = chosen
  const neededBytes = roomFor(choice)
  const repository =
    choice?.kind === 'chosen' ? choice.backup.repository : (asked ?? backups?.stanza?.repositories[0]?.key ?? 1)
  return { ...given, ...chosen, repository, neededBytes, ...rehearsalNode(given, neededBytes) }
}
