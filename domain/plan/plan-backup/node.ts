import type { AgentSight, BackupWish } from '#domain/plan/backup-plan.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { agentFault } from './agent-fault.ts'

/** The node on which pgBackRest is to run, and why there: the leader's, or the replica that follows most closely. */
export function chooseNode(
  snapshot: Snapshot,
  agents: readonly AgentSight[],
  { fromStandby }: Pick<BackupWish, 'fromStandby'>,
  now: Date,
): { node: string; nodeReason: string } {
  const leader = snapshot.leader?.name ?? ''
  if (!fromStandby) {
    return { node: leader, nodeReason: leader === '' ? 'Nobody leads.' : `${leader} leads, and pgBackRest runs there.` }
  }
  const replicas = snapshot.members
    .filter((member) => member.name !== leader && isFollowing(member))
    .toSorted((a, b) => lagOf(a.receiveLag) - lagOf(b.receiveLag) || a.name.localeCompare(b.name))
  const able = replicas.find(
    ({ name }) => agentFault(name, agents.find(({ node }) => node === name) ?? null, now) === null,
  )
  if (able) {
    return { node: able.name, nodeReason: `${able.name} follows most closely of the replicas whose agent answers.` }
  }
  const [first] = replicas
  if (!first) return { node: '', nodeReason: 'No replica follows.' }
  return { node: first.name, nodeReason: `${first.name} follows most closely, but no replica's agent can be asked.` }
}

function lagOf(lag: unknown): number {
  return typeof lag === 'number' ? lag : Number.MAX_SAFE_INTEGER
}
