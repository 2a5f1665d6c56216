import type { EtcdAlarm } from '#domain/snapshot/dcs.ts'
import type { Problem } from '#domain/snapshot/reading.ts'
import type { EtcdDetail, EtcdMember } from '#domain/stack/etcd-detail.ts'
import { alarmsOf } from './alarms.ts'
import type { ListedMember, Status } from './wire.ts'

/** An endpoint that the console was told of, and what came of asking it. */
export interface AskedEndpoint {
  url: string
  /** Of the member that answers, or last answered, there; null = none ever did. */
  memberId: string | null
  answer: { status: Status; answerMilliseconds: number; quota: number | null } | null
  problem: Problem | null
}

/** Puts what endpoints said together with the list of members: each member once, and endpoints that fit none. */
export function membersOf(asked: readonly AskedEndpoint[], listed: readonly ListedMember[]): EtcdDetail {
  const endpointOf = new Map<string, AskedEndpoint>()
  const strangers: AskedEndpoint[] = []
  for (const endpoint of asked) {
    const id = endpoint.memberId ?? listedAt(endpoint.url, listed)?.ID ?? null
    const other = id === null ? null : (endpointOf.get(id) ?? null)
    if (id === null) strangers.push(endpoint)
    // Two addresses may lead to one member: the first that answers tells of it.
    else if (other === null || (other.answer === null && endpoint.answer !== null)) endpointOf.set(id, endpoint)
  }
  const unlisted = [...endpointOf].filter(([id]) => !listed.some(({ ID }) => ID === id))
  return {
    members: [
      ...listed.map((member) => etcdMember(member.ID, member, endpointOf.get(member.ID) ?? null)),
      ...unlisted.map(([id, endpoint]) => etcdMember(id, null, endpoint)),
      ...strangers.map((endpoint) => etcdMember(null, null, endpoint)),
    ],
    alarms: allAlarms(asked),
  }
}

function etcdMember(id: string | null, listed: ListedMember | null, endpoint: AskedEndpoint | null): EtcdMember {
  const status = endpoint?.answer?.status ?? null
  const leaderId = status?.leader === undefined || status.leader === '0' ? null : status.leader
  const amount = (told: string | undefined) => (status === null ? null : Number(told ?? 0))
  return {
    id,
    name: listed?.name || null,
    url: endpoint?.url ?? null,
    isUnstarted: listed !== null && !listed.name && status === null,
    isLearner: status?.isLearner ?? listed?.isLearner ?? false,
    version: status?.version ?? null,
    isLeader: status === null ? null : leaderId !== null && leaderId === id,
    leaderId,
    raftTerm: amount(status?.raftTerm ?? status?.header.raft_term),
    raftIndex: amount(status?.raftIndex),
    raftAppliedIndex: amount(status?.raftAppliedIndex),
    dbSizeBytes: amount(status?.dbSize),
    dbInUseBytes: amount(status?.dbSizeInUse),
    dbQuotaBytes: endpoint?.answer?.quota ?? null,
    answerMilliseconds: endpoint?.answer?.answerMilliseconds ?? null,
    problem: endpoint?.problem ?? null,
  }
}

function listedAt(url: string, listed: readonly ListedMember[]): ListedMember | undefined {
  const { host } = new URL(url)
  return listed.find(({ clientURLs }) => (clientURLs ?? []).some((told) => hostOf(told) === host))
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}

// Each endpoint tells the alarms of all members.
function allAlarms(asked: readonly AskedEndpoint[]): EtcdAlarm[] {
  const alarms = asked.flatMap(({ answer }) => alarmsOf(answer?.status.errors))
  return [...new Map(alarms.map((alarm) => [`${alarm.memberId} ${alarm.kind}`, alarm])).values()]
}
