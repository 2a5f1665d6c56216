import type { PatroniClusterMember } from '#domain/snapshot/patroni.ts'
import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import type { MemberRole } from '#domain/snapshot/snapshot.ts'
import type { DcsPicture, ListedMember } from './picture.ts'
import { type TrustedView, trustedViews } from './trusted-views.ts'

/** The picture told by the members: the leader most trusted views name, the rest from the newest view that names it. */
export function pictureFromViews(readings: ClusterReadings, now: Date): DcsPicture | null {
  const best = electView(trustedViews(readings, now))
  if (!best) return null
  const members = new Map<string, ListedMember>()
  for (const member of best.view.members) members.set(member.name, listedMember(member))
  return {
    source: 'members',
    seenAt: best.observedAt,
    leader: best.leader,
    leaderChangedAt: null,
    members,
    config: null,
    isPaused: best.view.pause,
    scheduledSwitchover: best.view.scheduledSwitchover,
    syncStandbys: best.view.members.filter((member) => syncRoles.has(member.role)).map((member) => member.name),
    // In synchronous mode a leader writes itself into /sync; a view does not tell it.
    syncLeader: best.leader,
    syncQuorum: null,
    optimeLsn: null,
  }
}

const syncRoles = new Set(['sync_standby', 'quorum_standby'])

/** The newest view of the largest party; between equal parties the one that saw the DCS last is right. */
function electView(views: TrustedView[]): TrustedView | null {
  const parties = new Map<string | null, TrustedView[]>()
  for (const view of views) parties.set(view.leader, [...(parties.get(view.leader) ?? []), view])
  const ranked = [...parties.values()]
    .map((party) => ({ size: party.length, newest: party.toSorted(byNewest)[0] }))
    .toSorted((a, b) => b.size - a.size || (a.newest && b.newest ? byNewest(a.newest, b.newest) : 0))
  return ranked[0]?.newest ?? null
}

function byNewest(a: TrustedView, b: TrustedView): number {
  return (
    (b.dcsLastSeenAt?.getTime() ?? 0) - (a.dcsLastSeenAt?.getTime() ?? 0) ||
    b.observedAt.getTime() - a.observedAt.getTime() ||
    (a.member < b.member ? -1 : 1)
  )
}

function listedMember(member: PatroniClusterMember): ListedMember {
  return {
    name: member.name,
    apiUrl: member.apiUrl,
    host: member.host,
    port: member.port,
    role: asRole(member.role),
    state: member.state,
    timeline: member.timeline,
    lsn: null,
    receiveLag: bestLag(member.receiveLag, member.lag),
    replayLag: member.replayLag,
    pendingRestart: member.pendingRestart,
    tags: member.tags,
    patroniVersion: null,
  }
}

/** Members older than Patroni 4.1 in a mixed cluster have `unknown` beside a good `lag`. */
function bestLag(
  receiveLag: PatroniClusterMember['receiveLag'],
  lag: PatroniClusterMember['lag'],
): PatroniClusterMember['lag'] {
  return typeof receiveLag === 'number' ? receiveLag : lag
}

function asRole(role: string): MemberRole {
  switch (role) {
    case 'leader':
    case 'standby_leader':
    case 'sync_standby':
    case 'quorum_standby':
      return role
    default:
      return 'replica'
  }
}
