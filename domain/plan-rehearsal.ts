import { leaderTimelineOf } from './candidate-fitness.ts'
import { choiceInView } from './choice-in-view.ts'
import { rehearsalBlockers } from './plan-rehearsal/blockers.ts'
import { rehearsalNode } from './plan-rehearsal/node.ts'
import type { RehearsalCase, RehearsalPlanning } from './plan-rehearsal/planning.ts'
import { rehearsalSentences } from './plan-rehearsal/sentences.ts'
import { rehearsalWarnings } from './plan-rehearsal/warnings.ts'
import type { RehearsalPlan } from './rehearsal-plan.ts'
import { roomFor } from './restore-room.ts'
import { targetWords } from './target-words.ts'

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
  const { snapshot, backups, wish, now } = given
  const { target, repository: asked } = wish
  const archivesFirst = given.archivesFirst ?? false
  const choice = backups && choiceInView({ snapshot, backups, target, repository: asked, archivesFirst, now })
  const neededBytes = roomFor(choice)
  const repository =
    choice?.kind === 'chosen' ? choice.backup.repository : (asked ?? backups?.stanza?.repositories[0]?.key ?? 1)
  return { ...given, choice, repository, neededBytes, ...rehearsalNode(given, neededBytes) }
}
