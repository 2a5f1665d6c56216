import { answers, isGone } from './reachability.ts'
import type { MemberSnapshot, Snapshot } from './snapshot.ts'
import { isStale, lookIntervalsMs } from './staleness.ts'

/** What the console itself can see of a cluster at one moment. */
export type Sight =
  /** The collector has stopped: the snapshot is too old to speak of now. */
  | 'stale'
  /** Neither etcd nor any member answers. */
  | 'blind'
  /** Something answers, but nothing that may say who leads. */
  | 'partial'
  | 'clear'

/** Judges how much a snapshot tells of the cluster at `now`. */
export function sightOf(snapshot: Snapshot, now: Date): Sight {
  if (isStale(snapshot.takenAt, now)) return 'stale'
  const etcdAnswers = etcdKeysAreCurrent(snapshot, now)
  if (!etcdAnswers && !snapshot.members.some((member) => answers(member, now) || takesWrites(member, now))) {
    return 'blind'
  }
  return snapshot.leaderSource === 'none' ? 'partial' : 'clear'
}

/** True while etcd's keys are known to be as the snapshot has them. */
export function etcdKeysAreCurrent(snapshot: Snapshot, now: Date): boolean {
  const { etcd } = snapshot
  return etcd !== null && !isStale(etcd.keysSeenAt, now, lookIntervalsMs.etcd) && !isGone(etcd.quorumProblem, now)
}

/** True when Postgres on the member was found taking writes lately, through its Patroni or directly. */
export function takesWrites(member: MemberSnapshot, now: Date): boolean {
  return member.isWritable === true && !isStale(member.writableSeenAt, now, lookIntervalsMs.postgres)
}
