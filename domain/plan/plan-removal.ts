import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { formatInstant } from '#domain/format.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { HeldOfCluster, RemovalPlan } from './removal-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { count, listNames } from '#domain/words.ts'

export interface RemovalCase {
  cluster: { id: string; name: string; registration: string }
  /** Null = the console has not looked at it yet, which is no reason to keep it. */
  snapshot: Snapshot | null
  held: HeldOfCluster
  /** What is under way on it, of whatever kind. */
  underWay: readonly UnderWay[]
  now: Date
}

type UnderWay = Pick<Operation, 'kind' | 'requestedBy' | 'requestedAt' | 'reason'>

/** What removing a cluster takes away, what stays and what nobody does any more. */
export function planRemoval({ cluster, snapshot, held, underWay, now }: RemovalCase): RemovalPlan {
  return {
    version: 1,
    kind: 'remove-cluster',
    clusterId: cluster.id,
    clusterName: cluster.name,
    leader: snapshot?.leader?.name ?? '',
    timeline: snapshot && leaderTimelineOf(snapshot),
    systemIdentifier: snapshot?.systemIdentifier ?? null,
    registration: cluster.registration,
    snapshotVersion: snapshot?.version ?? 0,
    madeAt: now,
    sentences: sentencesOf(cluster.name, held),
    blockers: underWay.map((operation) => underWaySentence(cluster.name, operation)),
    warnings: warningsOf(cluster.name, held),
    pointOfNoReturn:
      'With the removal: a cluster that is registered anew begins without passwords, history, schedules and rights.',
  }
}

/** Why a cluster is not removed while this is under way. */
export function underWaySentence(clusterName: string, { kind, requestedBy, requestedAt, reason }: UnderWay): string {
  return `${requestedBy.name} has been ${verbOf(kind)} on ${clusterName} since ${formatInstant(requestedAt)}: "${reason}". Remove it when that has ended.`
}

function sentencesOf(name: string, held: HeldOfCluster): string[] {
  const also = partsOf(held)
  const { secrets, shares } = held
  return [
    `${name} itself is not touched: Patroni, Postgres and the agents on its nodes go on running.`,
    `The console forgets its addresses${secrets === 0 ? '' : ` and ${count(secrets, 'password')}`}, its samples and pictures of before, and how available it was.`,
    ...(also.length === 0 ? [] : [`What is for it alone goes as well: ${listNames(also)}.`]),
    ...(shares === 0
      ? []
      : [`${count(shares, 'link')} for watchers ${shares === 1 ? 'does' : 'do'} not show it any more.`]),
    'Its events, operations, past alerts and audit records stay, for those whose rights are for all clusters.',
  ]
}

function warningsOf(name: string, held: HeldOfCluster): string[] {
  const { backupSchedules, rehearsalSchedules, policies, alerts, proposed } = held
  const told: [boolean, string][] = [
    [backupSchedules > 0, 'Nobody takes its backups by schedule any more: the schedule of the console ends.'],
    [rehearsalSchedules > 0, 'Nobody rehearses its recovery by schedule any more.'],
    [true, `Nobody watches it any more: no alert tells when ${name} is down.`],
    [
      alerts > 0,
      `${alerts === 1 ? '1 alert of it holds now and ends with it' : `${alerts} alerts of it hold now and end with it`}: where ends are told, it is told that the cluster was removed.`,
    ],
    [policies.length === 1, `The approval policy ${policies[0]} is for it alone and goes with it.`],
    [policies.length > 1, `The approval policies ${listNames(policies)} are for it alone and go with it.`],
    [proposed === 1, '1 request on it that waits for approval becomes void.'],
    [proposed > 1, `${proposed} requests on it that wait for approval become void.`],
  ]
  return told.flatMap(([isSo, sentence]) => (isSo ? [sentence] : []))
}

function partsOf({ grants, agents, routes, silences, windows }: HeldOfCluster): string[] {
  const parts: [number, string][] = [
    [grants, count(grants, 'right')],
    [agents, count(agents, 'enrolled agent')],
    [routes, count(routes, 'route of notifications', 'routes of notifications')],
    [silences, count(silences, 'silence')],
    [windows, count(windows, 'maintenance window')],
  ]
  return parts.flatMap(([amount, words]) => (amount > 0 ? [words] : []))
}
