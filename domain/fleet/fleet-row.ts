import type { Assessment } from '#domain/judgement/assessment.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { FleetRow } from './view.ts'

/** What the fleet page shows of one cluster, kept beside its snapshot. */
export type FleetSummary = Pick<FleetRow, 'level' | 'sentence' | 'leader' | 'members' | 'worstLagBytes'>

/** Sums up a snapshot and its assessment for the fleet page. A member is fine when nothing worse than a note speaks of it. */
export function summarise(snapshot: Snapshot, assessment: Assessment): FleetSummary {
  const ailing = new Set(
    assessment.findings.filter((finding) => finding.severity !== 'info').map((finding) => finding.member),
  )
  return {
    level: assessment.verdict.level,
    sentence: assessment.verdict.sentence,
    leader: snapshot.leader?.name ?? null,
    members: snapshot.members.map((member) => ({
      name: member.name,
      role: member.role,
      isFine: assessment.verdict.level !== 'unseen' && member.missingSince === null && !ailing.has(member.name),
    })),
    worstLagBytes: worstLagOf(snapshot),
  }
}

function worstLagOf(snapshot: Snapshot): number | null {
  let worst: number | null = null
  for (const { receiveLag, replayLag } of snapshot.members) {
    for (const lag of [receiveLag, replayLag]) {
      if (typeof lag === 'number' && (worst === null || lag > worst)) worst = lag
    }
  }
  return worst
}
