import type { Finding } from '#domain/judgement/finding.ts'
import { formatAge } from '#domain/format.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { newestOf } from '#domain/snapshot/staleness.ts'
import { listNames } from '#domain/words.ts'

/** What stands between this console and the cluster; says nothing of the cluster itself. */
export function consoleFindings(snapshot: Snapshot, now: Date): Finding[] {
  switch (sightOf(snapshot, now)) {
    case 'stale':
      return [
        {
          kind: 'console-stale',
          severity: 'critical',
          member: null,
          sentence: `Nobody has looked at ${snapshot.clusterName} for ${formatAge(snapshot.takenAt, now)}: Matriarch's collector has stopped.`,
          advice:
            "See whether Matriarch's worker runs and reaches its store. Until it does, run patronictl list on a member.",
        },
      ]
    case 'blind':
      return [
        {
          kind: 'console-blind',
          severity: 'critical',
          member: null,
          sentence: `${blindSentence(snapshot, now)} ${lastSeen(snapshot, now)}`,
          advice:
            "See whether Matriarch's machine reaches the cluster's network. The cluster may be well: run patronictl list on a member.",
        },
      ]
    case 'partial':
      return [
        {
          kind: 'console-blind',
          severity: 'warning',
          member: null,
          sentence: `${partialSentence(snapshot, now)} ${lastSeen(snapshot, now)}`,
          advice: 'Run patronictl list on a member that reaches etcd, and see why the others do not answer Matriarch.',
        },
      ]
    case 'clear':
      return []
  }
}

/** Who led when the cluster was last seen, and how long ago that was. */
export function lastSeen(snapshot: Snapshot, now: Date): string {
  const seenAt = newestOf(snapshot.leaderSeenAt, ...snapshot.members.map(({ seenAt }) => seenAt))
  if (!seenAt) return 'It has never been seen from here.'
  if (!snapshot.leader || !snapshot.leaderSeenAt) return `Last seen ${formatAge(seenAt, now)} ago.`
  return `Last seen ${formatAge(snapshot.leaderSeenAt, now)} ago: ${snapshot.leader.name} led.`
}

function blindSentence(snapshot: Snapshot, now: Date): string {
  const asked = snapshot.members.filter(({ apiUrl }) => apiUrl !== null)
  const etcd = snapshot.etcd ? ['etcd'] : []
  if (asked.length + etcd.length === 0) return 'Matriarch was given nothing to ask.'
  const members = asked.length > 3 ? [`any of the ${asked.length} members`] : asked.map(({ name }) => name)
  const since = asked
    .flatMap(({ problem }) => (problem ? [problem.since] : []))
    .toSorted((a, b) => Number(b) - Number(a))[0]
  const hasSeen = snapshot.leaderSeenAt !== null
  const tried = since && !hasSeen ? `; it has tried for ${formatAge(since, now)}` : ''
  return `Matriarch cannot reach ${listNames([...members, ...etcd], 'or')}${tried}.`
}

function partialSentence(snapshot: Snapshot, now: Date): string {
  const answering = snapshot.members.filter(({ problem, seenAt }) => seenAt !== null && !isGone(problem, now))
  const names = listNames(answering.map(({ name }) => name))
  return answering.length === 1
    ? `Only ${names} answers, and its own view of the cluster is out of date: who leads cannot be said.`
    : `${answering.length === 0 ? 'No member' : names} can say who leads.`
}
