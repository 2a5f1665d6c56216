import { hasLostQuorum } from '../election-bar.ts'
import type { Finding } from '../finding.ts'
import { forAge } from '../format.ts'
import type { LeaderState } from '../leader-state.ts'
import { answers } from '../reachability.ts'
import type { Snapshot } from '../snapshot.ts'

/** Nobody holds the leader key. */
export function noLeader(leader: Extract<LeaderState, { kind: 'none' }>, isPaused: boolean, now: Date): Finding {
  const lasting = forAge(leader.since, now)
  const advice = isPaused
    ? 'Resume Patroni with patronictl resume, or name a leader with patronictl failover.'
    : 'Patroni normally elects within seconds. If it does not, its log on each member says why that one does not take the lead.'
  if (leader.writer) {
    return {
      kind: 'no-leader',
      severity: 'critical',
      member: leader.writer.name,
      sentence: `${nobodyLeads(lasting)}, yet ${leader.writer.name} takes writes.`,
      advice,
    }
  }
  return {
    kind: 'no-leader',
    severity: 'critical',
    member: null,
    sentence: `${nobodyLeads(lasting)}: nothing can be written.`,
    advice,
  }
}

function nobodyLeads(lasting: string): string {
  return lasting === '' ? 'Nobody holds the leader key' : `Nobody has held the leader key${lasting}`
}

/** No member reaches the DCS. Failsafe mode has a finding of its own, which says more. */
export function noDcs(leader: Extract<LeaderState, { kind: 'no-dcs' }>, snapshot: Snapshot, now: Date): Finding[] {
  const { writer } = leader
  if (writer === null) {
    return [
      {
        kind: 'no-leader',
        severity: 'critical',
        member: null,
        sentence: `Nothing can be written: ${hasLostQuorum(snapshot, now) ? 'etcd has no quorum' : 'no member reaches the DCS'}, and without it nobody may lead.`,
        advice: 'Bring the DCS back. Patroni then elects a leader by itself within seconds; promote nobody by hand.',
      },
    ]
  }
  if (snapshot.failsafeActive) return []
  const isManaged = answers(writer, now)
  return [
    {
      kind: isManaged ? 'no-leader' : 'unmanaged-primary',
      severity: 'critical',
      member: writer.name,
      sentence: isManaged
        ? `${writer.name} still takes writes, but no member reaches the DCS: it stops writing once its lease cannot be renewed.`
        : `No Patroni answers, but Postgres on ${writer.name} takes writes.`,
      advice: isManaged
        ? 'Bring the DCS back. Restart neither Patroni nor Postgres meanwhile.'
        : `Start Patroni on ${writer.name} first, then on the others.`,
    },
  ]
}
