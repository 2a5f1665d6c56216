import { hasLostQuorum } from '#domain/judgement/election-bar.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { tellsStreaming } from '#domain/snapshot/patroni-version.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import type { JudgedCase } from './judged-case.ts'
import { silent, unmanaged, unreached, withoutPatroni } from './leader-silent.ts'
import { noDcs, noLeader } from './leaderless.ts'
import { followsSoon } from './replication.ts'

/** What is wrong with the lead itself. */
export function leaderFindings(given: JudgedCase): Finding[] {
  const { leader, snapshot, now, forecast } = given
  switch (leader.kind) {
    case 'unknown':
      return []
    case 'working':
      return isGone(leader.member.problem, now)
        ? [withoutPatroni(leader.member, now)]
        : withoutSource(leader.member, snapshot, now)
    case 'no-dcs':
      return noDcs(leader, snapshot, now)
    case 'none':
      return [noLeader(leader, given)]
    case 'promoting':
      return [
        {
          kind: 'leader-not-writable',
          severity: 'warning',
          member: leader.member.name,
          sentence: `${leader.member.name} has just taken the lead and is being promoted; writes wait until that is done.`,
          advice: 'Promotion normally takes 1 to 3 s. Nothing needs to be done yet.',
        },
      ]
    case 'read-only':
      return [readOnly(leader.member.name, hasLostQuorum(snapshot, now))]
    case 'not-running':
      return [
        {
          kind: 'leader-not-running',
          severity: 'critical',
          member: leader.member.name,
          sentence: `${leader.member.name} holds the lead, but Postgres on it ${postgresState(leader.member.state)}: nothing can be written.`,
          advice: notRunningAdvice(leader.member, snapshot, now),
        },
      ]
    case 'silent':
      return [silent(leader, forecast.outcome, now)]
    case 'unmanaged':
      return [unmanaged(leader, forecast.outcome, now)]
    case 'unreached':
      return [unreached(leader, snapshot.leaderSource === 'etcd', now)]
  }
}

function readOnly(name: string, isDemoted: boolean): Finding {
  const finding = { kind: 'leader-not-writable', severity: 'critical', member: name } as const
  if (isDemoted) {
    return {
      ...finding,
      sentence: `${name} takes no writes any more: etcd has no quorum, so Patroni made its Postgres read-only.`,
      advice: etcdFirst,
    }
  }
  return {
    ...finding,
    sentence: `${name} holds the lead, but its Postgres is in recovery and takes no writes.`,
    advice: `Look at Patroni's log on ${name}: it says why promotion does not finish.`,
  }
}

const etcdFirst = 'Bring etcd back first: without it Patroni may not let any Postgres take writes.'

/** A standby cluster is only as good as its leader's source of WAL. Patroni tells that from 3.0.4 and Postgres 9.6 on. */
function withoutSource(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding[] {
  const { name, state, patroniVersion, serverVersion } = member
  const isTold = tellsStreaming(patroniVersion) && serverVersion !== null && serverVersion >= 90_600
  if (!snapshot.isStandbyCluster || state !== 'running' || member.isWritable === true || !isTold) return []
  return [
    {
      kind: 'replica-not-streaming',
      severity: followsSoon(snapshot, now) ? 'info' : 'warning',
      member: name,
      sentence: `${name} gets no WAL from the primary site: it neither streams nor recovers from an archive, so this standby cluster falls behind.`,
      advice: `Look at the Postgres log on ${name}: it says why the primary site refuses its connection, or which WAL is missing.`,
    },
  ]
}

function notRunningAdvice(member: MemberSnapshot, snapshot: Snapshot, now: Date): string {
  if (hasLostQuorum(snapshot, now)) return etcdFirst
  if (member.state === 'stopping') {
    return 'This is how a switchover begins: the lead moves within seconds. If it does not, see what keeps Postgres from stopping.'
  }
  const patienceSeconds = snapshot.config?.primaryStartTimeoutSeconds ?? 300
  return `Patroni first tries to bring Postgres on ${member.name} back and gives up the lead after primary_start_timeout (${patienceSeconds} s). To move the lead sooner, fail over to a member that you name.`
}
