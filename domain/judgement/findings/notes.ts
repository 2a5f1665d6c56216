import type { Finding } from '#domain/judgement/finding.ts'
import { formatAge } from '#domain/format.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import type { JudgedCase } from './judged-case.ts'

/** What is to be known of single members beside their health: restarts that wait, watchdogs, views and identities that do not fit. */
export function noteFindings({ snapshot, now }: JudgedCase): Finding[] {
  return snapshot.members.flatMap((member) => [
    ...pendingRestart(member),
    ...watchdog(member),
    ...otherView(member, snapshot, now),
    ...otherIdentity(member, snapshot),
  ])
}

function pendingRestart(member: MemberSnapshot): Finding[] {
  if (!member.pendingRestart) return []
  const changes = Object.entries(member.pendingRestartReason).map(
    ([setting, { oldValue, newValue }]) => `${setting} (${oldValue} to ${newValue})`,
  )
  const reason = changes.length > 0 ? ` for ${changes.join(', ')}` : ''
  return [
    {
      kind: 'pending-restart',
      severity: 'info',
      member: member.name,
      sentence: `${member.name} waits for a restart of Postgres${reason}.`,
      advice: `Restart it at a quiet time: patronictl restart. Settings take effect only then.`,
    },
  ]
}

function watchdog(member: MemberSnapshot): Finding[] {
  if (!member.watchdogFailed) return []
  return [
    {
      kind: 'watchdog-failed',
      severity: 'warning',
      member: member.name,
      sentence: `The watchdog of ${member.name} does not work: it may not lead while a watchdog is required.`,
      advice: `See whether the watchdog device exists on ${member.name} and Patroni may write to it.`,
    },
  ]
}

/** A member that saw the change would agree after a moment; one that still does not has lost the DCS. */
function otherView(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding[] {
  const { ownView, name } = member
  if (!ownView || !answers(member, now) || isStale(ownView.observedAt, now)) return []
  const leader = snapshot.leader?.name ?? null
  if (snapshot.leaderSource === 'none' || ownView.leader === leader) return []
  const changedAt = snapshot.leader ? snapshot.leader.since : snapshot.leaderlessSince
  if (changedAt && ownView.observedAt.getTime() - changedAt.getTime() < viewsSettleMs) return []
  const belief = ownView.leader === null ? 'that nobody leads' : `that ${ownView.leader} leads`
  const sight = ownView.dcsLastSeenAt ? `; it last saw the DCS ${formatAge(ownView.dcsLastSeenAt, now)} ago` : ''
  return [
    {
      kind: 'views-differ',
      severity: 'warning',
      member: name,
      sentence: `${name} believes ${belief}, but ${leader === null ? 'nobody does' : `${leader} does`}${sight}.`,
      advice: `See whether ${name} reaches etcd. Its own answers about the cluster are not to be believed.`,
    },
  ]
}

const viewsSettleMs = 3000

function otherIdentity(member: MemberSnapshot, snapshot: Snapshot): Finding[] {
  const { systemIdentifier, name } = member
  if (!systemIdentifier || !snapshot.systemIdentifier || systemIdentifier === snapshot.systemIdentifier) return []
  return [
    {
      kind: 'system-identifier-differs',
      severity: 'critical',
      member: name,
      sentence: `${name} holds the data of another cluster: system identifier ${systemIdentifier}, not ${snapshot.systemIdentifier}.`,
      advice: `Keep ${name} out of use, and find out whose data it holds before anybody rebuilds it.`,
    },
  ]
}
