import { hasLostQuorum } from '#domain/judgement/election-bar.ts'
import { etcdCount } from '#domain/snapshot/etcd-count.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { etcdKeysAreCurrent } from '#domain/snapshot/sight.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { EtcdMember } from '#domain/stack/etcd-detail.ts'
import type { FactRow } from '#domain/alerts/rule.ts'
import type { Facts } from './names.ts'
import { type FactSources, freshOf, greatest, ratio, sees } from './sources.ts'
import { grown } from './trail.ts'

type Names =
  | 'etcdHasQuorum'
  | 'etcdMembersUp'
  | 'etcdMembersKnown'
  | 'etcdHasNoSpace'
  | 'etcdIsCorrupt'
  | 'etcdDbBytes'
  | 'etcdAnswerMs'
  | 'etcdTermChanges'

/** How etcd as a whole stands; where none of it answers, nothing is known. */
export function etcdFacts(sources: FactSources): Pick<Facts<'cluster'>, Names> {
  const { snapshot, stack, sight, trail, now } = sources
  const count = sees(sight) ? etcdCount(snapshot, now) : null
  const isLost = hasLostQuorum(snapshot, now)
  const isSeen = count !== null && count.up > 0
  const detail = freshOf(stack?.etcd, now)
  const statuses = (snapshot.etcd?.endpoints ?? []).filter(({ seenAt }) => !isStale(seenAt, now, lookIntervalsMs.etcd))
  const alarms = [
    ...(detail?.alarms ?? []).map(({ kind }) => kind),
    ...statuses.flatMap(({ status }) => status?.alarms.map(({ kind }) => kind) ?? []),
  ]
  return {
    etcdHasQuorum: isSeen && (isLost || etcdKeysAreCurrent(snapshot, now)) ? !isLost : null,
    etcdMembersUp: isSeen ? count.up : null,
    etcdMembersKnown: count?.of ?? null,
    etcdHasNoSpace: isSeen ? alarms.includes('NOSPACE') : null,
    etcdIsCorrupt: isSeen ? alarms.some((kind) => kind !== 'NOSPACE') : null,
    etcdDbBytes: isSeen ? greatest(statuses.map(({ status }) => status?.dbSizeBytes)) : null,
    etcdAnswerMs: greatest((detail?.members ?? []).map(({ answerMilliseconds }) => answerMilliseconds)),
    etcdTermChanges: grown(trail.terms, 900, now),
  }
}

/** Each member of etcd that the console was told of; none where etcd was not looked at. */
export function etcdMemberRows({ stack, now }: FactSources): FactRow[] {
  const detail = freshOf(stack?.etcd, now)
  const members = (detail?.members ?? []).filter(({ url, isUnstarted }) => url !== null || isUnstarted)
  // Where nothing of etcd answers, it is this console that does not see it.
  const isBlind = members.every(({ problem }) => problem !== null)
  return members.map((member) => ({
    scope: 'etcd-member',
    subject: nameOf(member),
    member: null,
    facts: factsOf(member, isBlind, now),
  }))
}

function nameOf({ name, url, id }: EtcdMember): string {
  return name || url || id || 'unnamed'
}

function factsOf(member: EtcdMember, isBlind: boolean, now: Date): Facts<'etcd-member'> {
  const { raftIndex, raftAppliedIndex, problem } = member
  return {
    answers: isBlind ? null : problem === null || !isGone(problem, now),
    isLeader: member.isLeader,
    isLearner: member.isLearner,
    isUnstarted: member.isUnstarted,
    dbBytes: member.dbSizeBytes,
    dbUse: ratio(member.dbSizeBytes, member.dbQuotaBytes),
    answerMs: member.answerMilliseconds,
    applyBehind: raftIndex === null || raftAppliedIndex === null ? null : Math.max(0, raftIndex - raftAppliedIndex),
  }
}
