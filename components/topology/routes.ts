import type { Finding } from '#domain/judgement/finding.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import { takesWrites } from '#domain/snapshot/sight.ts'
import type { HaproxySnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'

/** How clients' writes flow, as far as it is of this moment. */
export interface WriteFlow {
  /** The leader, where it is known to take writes. */
  leader: string | null
  /** Members that HAProxy sends writes to; null where that is not seen. */
  targets: readonly string[] | null
  /** They go astray for longer than HAProxy needs to notice a new leader. */
  isStray: boolean
}

export function writeFlowOf(snapshot: Snapshot, findings: readonly Finding[], now: Date): WriteFlow {
  const leader = snapshot.members.find((member) => member.name === snapshot.leader?.name)
  const isSeen = snapshot.haproxy !== null && !isStale(snapshot.haproxy.seenAt, now, lookIntervalsMs.haproxy)
  return {
    leader: leader && takesWrites(leader, now) ? leader.name : null,
    targets: isSeen ? (writeRouteOf(snapshot)?.targets ?? null) : null,
    isStray: findings.some((finding) => finding.kind === 'haproxy-disagrees'),
  }
}

/** What a way to a member carries: writes to the leader, writes to another, or none that are known. */
export function wayOf(flow: WriteFlow, name: string): 'writes' | 'stray-writes' | 'none' {
  if (!flow.targets?.includes(name)) return 'none'
  if (name === flow.leader) return 'writes'
  return flow.isStray ? 'stray-writes' : 'none'
}

/** Whether HAProxy has the member up in any of its backends. */
export function isUpInHaproxy(haproxy: HaproxySnapshot, member: { name: string; host: string | null }): boolean {
  return haproxy.backends.some((backend) =>
    backend.servers.some(
      (server) =>
        server.isUp &&
        (server.name === member.name || (member.host !== null && server.address?.split(':')[0] === member.host)),
    ),
  )
}

/** Sessions open through all backends. */
export function sessionsOf(haproxy: HaproxySnapshot): number {
  return haproxy.backends.reduce((sum, backend) => sum + backend.sessions, 0)
}
