import { agentFault, agentOf, type AgentTask } from '#domain/agent/agent-fault.ts'
import type { AgentSight } from './backup-plan.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { formatBytes } from '#domain/format.ts'
import { isEnded, type Operation, rehearsalResultOf, restoreResultOf } from '#domain/operation/operation.ts'
import type { ReleasePlan } from './release-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

export interface ReleaseCase {
  snapshot: Snapshot
  agents: readonly AgentSight[]
  /** The recovery or rehearsal whose data it is. */
  of: Operation
  /** The name under which a recovery sets its own data aside when it is given up. */
  attempt: string
  now: Date
}

/** What would be deleted of what a recovery or a rehearsal left, and what stands in the way. */
export function planRelease({ snapshot, agents, of, attempt, now }: ReleaseCase): ReleasePlan {
  const kept = keptOf(of, attempt, agents)
  const isOldThere = kept.some(({ name }) => name === of.id)
  const isRehearsal = of.kind === 'rehearsal'
  return {
    version: 1,
    kind: 'release-kept-data',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    ofOperation: of.id,
    kept,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: kept.map((one) => sentenceOf(of, one)),
    blockers: blockersOf({ agents, of, now }, kept),
    warnings: isOldThere ? warningsOf(of) : [],
    pointOfNoReturn: `With the first deletion: ${isRehearsal ? losses.file : losses[isOldThere ? 'old' : 'attempt']}`,
  }
}

const losses = {
  file: 'the file can be had again only by another rehearsal.',
  old: 'the data of before the recovery is gone then, but for what the backups hold.',
  attempt: 'what was recovered and given up can be had again only by another recovery.',
} as const

/** Why nothing of an operation can be let go; null where it can. */
export function releaseFault({ kind, state }: Pick<Operation, 'kind' | 'state'>): string | null {
  if (kind !== 'restore' && kind !== 'rehearsal') {
    return 'Only a recovery or a rehearsal leaves something that can be let go.'
  }
  return isEnded(state) ? null : 'It has not ended yet: what it keeps may still be needed.'
}

/** What its report names, and what agents see under its names. */
function keptOf(of: Operation, attempt: string, agents: readonly AgentSight[]): ReleasePlan['kept'] {
  const extract = rehearsalResultOf(of.result)?.extract ?? null
  const told = [
    ...(restoreResultOf(of.result)?.keptAside ?? []),
    ...(extract === null ? [] : [{ node: extract.node, name: extract.name }]),
    // Where its folder could not be deleted, something is left without a file.
    ...(of.plan.kind === 'rehearsal' && of.state !== 'succeeded' ? [{ node: of.plan.node, name: of.id }] : []),
  ]
  const names = of.kind === 'restore' ? [of.id, attempt] : [of.id]
  const seen = agents.flatMap(({ node, keptAside = [] }) =>
    keptAside.filter(({ name }) => names.includes(name)).map(({ name }) => ({ node, name })),
  )
  const byPlace = new Map([...told, ...seen].map(({ node, name }) => [`${node} ${name}`, { node, name }]))
  return [...byPlace.values()]
}

function blockersOf(
  { agents, of, now }: Pick<ReleaseCase, 'agents' | 'of' | 'now'>,
  kept: ReleasePlan['kept'],
): string[] {
  const fault = releaseFault(of)
  if (fault !== null) return [fault]
  if (kept.length === 0) return ['It left nothing that is known of.']
  return kept.flatMap(({ node }) => agentFault(node, agentOf(agents, node), now, taskOf(of)) ?? [])
}

function sentenceOf({ id, kind, result, requestedAt }: Operation, { node, name }: ReleasePlan['kept'][number]): string {
  const day = requestedAt.toISOString().slice(0, 10)
  const bytes = rehearsalResultOf(result)?.extract?.bytes
  if (kind !== 'rehearsal') {
    return name === id
      ? `The agent on ${node} deletes the data folder that the recovery of ${day} set aside there.`
      : `The agent on ${node} deletes what the recovery of ${day} had recovered there and gave up.`
  }
  const what = bytes === undefined ? 'what' : `the file of ${formatBytes(bytes)} that`
  return `The agent on ${node} deletes ${what} the rehearsal of ${day} left there.`
}

function warningsOf({ kind, plan }: Operation): string[] {
  if (kind !== 'restore' || plan.kind !== 'restore') return []
  return [
    `What was written after ${plan.targetWords} is in this data alone, as far as it is not in the archive: be sure that nobody needs it.`,
  ]
}

function taskOf({ kind }: Operation): AgentTask {
  const own = kind === 'rehearsal' ? ['rehearsal', 'rehearsal-discard'] : ['restore', 'data', 'data-discard']
  return { need: 'delete what is kept', name: 'that', vetoes: new Set([...own, 'data-kept']) }
}
