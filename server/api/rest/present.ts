import { ageRow } from '#domain/fleet/aged-row.ts'
import { assess } from '#domain/judgement/assess.ts'
import { withFindings } from '#domain/judgement/findings-of.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import type { ClusterView, FleetRow } from '#domain/fleet/view.ts'

/** A cluster as the command line and other programs read it: judged as of now. */
export function presentCluster(view: ClusterView) {
  const { cluster, snapshot, activeOperation, backupFinding, stackFindings, serverNow } = view
  const { id, name, labels, scope, systemIdentifier, endpoints } = cluster
  const judged = snapshot && assess(snapshot, serverNow)
  return {
    id,
    name,
    verdict: judged?.verdict.level ?? 'unseen',
    sentence: judged?.verdict.sentence ?? 'The console has not looked at this cluster yet.',
    leader: snapshot?.leader?.name ?? null,
    members: snapshot?.members.map(presentMember) ?? [],
    forecast: judged?.forecast ?? null,
    findings: withFindings(judged?.findings ?? [], stackFindings),
    backupFinding,
    labels,
    scope,
    systemIdentifier,
    seenAt: snapshot?.takenAt ?? null,
    pause: snapshot?.pause ?? null,
    scheduledSwitchover: snapshot?.scheduledSwitchover ?? null,
    activeOperation: activeOperation && {
      id: activeOperation.id,
      kind: activeOperation.kind,
      state: activeOperation.state,
    },
    endpoints,
  }
}

/** The fleet in the same words as one cluster: what was not looked at lately is unseen. */
export function presentFleet(rows: FleetRow[], now: Date) {
  return rows.map((row) => {
    const { clusterId, level, isCurrent: _, ...told } = ageRow(row, now)
    return { id: clusterId, verdict: level, ...told }
  })
}

function presentMember(member: MemberSnapshot) {
  const { name, role, state, timeline, receiveLag, replayLag, lagObservedAt, seenAt } = member
  return {
    name,
    role,
    state,
    timeline,
    lagBytes: [receiveLag, replayLag].find((lag) => typeof lag === 'number') ?? null,
    observedAt: lagObservedAt ?? seenAt,
    host: member.host,
    problem: member.problem?.sentence ?? null,
  }
}
