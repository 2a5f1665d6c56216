import { haveMembersLostDcs } from './dcs-loss.ts'
import { answers, isGone } from '#domain/snapshot/reachability.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** Why no member at all could take the lead now, as the end of a sentence; null where nothing bars an election. */
export function electionBar(snapshot: Snapshot, now: Date): string | null {
  if (snapshot.failsafeActive) return 'the DCS is out of reach, and without it nobody can be elected'
  if (hasLostQuorum(snapshot, now)) return 'etcd has no quorum, and without it nobody can be elected'
  if (!haveMembersLostDcs(snapshot, now)) return null
  return snapshot.members.some((member) => answers(member, now))
    ? 'no member reaches the DCS, and without it nobody can be elected'
    : 'no Patroni answers, and without it nobody can be elected'
}

/** True when etcd answers, but can no longer prove that a majority stands behind it. */
export function hasLostQuorum(snapshot: Snapshot, now: Date): boolean {
  const { etcd } = snapshot
  if (!etcd || !isGone(etcd.quorumProblem, now)) return false
  const answering = etcd.endpoints.filter(({ status, problem }) => status !== null && !isGone(problem, now))
  if (answering.length === 0) return false
  return answering.every(({ status }) => status?.leaderId === null) || answering.length * 2 <= etcd.endpoints.length
}
