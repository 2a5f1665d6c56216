import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { formatAge } from '#domain/format.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { strayWriter, writersAtOnce } from '#domain/judgement/split-brain.ts'
import { listNames } from '#domain/words.ts'
import { dcsSources, type Step, writeSources } from './step.ts'

/** Changes of who leads, who takes writes, and on which timeline. */
export function leaderEvents(step: Step): ClusterEvent[] {
  return [
    ...leadChange(step),
    ...writableChange(step),
    ...timelineChange(step),
    ...splitBrainChange(step),
    ...strayWriterChange(step),
  ]
}

function leadChange(step: Step): ClusterEvent[] {
  const { previous, next } = step
  const before = previous.leader?.name ?? null
  const after = next.leader?.name ?? null
  if (before === after || !wasKnown(previous) || next.leaderSource === 'none') return []
  if (after === null) {
    return [
      {
        kind: 'leader-lost',
        at: next.leaderlessSince ?? next.takenAt,
        member: before,
        severity: 'critical',
        sentence: `${before} lost the lead; nobody holds it.`,
        from: before,
        to: null,
        sources: dcsSources(next),
      },
    ]
  }
  return [
    {
      kind: 'leader-changed',
      at: next.leader?.since ?? next.takenAt,
      member: after,
      severity: 'warning',
      sentence: leadSentence(after, before ?? next.formerLeader, step),
      from: before ?? next.formerLeader,
      to: after,
      sources: dcsSources(next),
    },
  ]
}

function leadSentence(leader: string, former: string | null, { previous, next }: Step): string {
  const timeline = leaderTimelineOf(next)
  const before = previous.members.find(({ name }) => name === former)?.timeline ?? null
  const where = timeline !== null && before !== null && timeline > before ? ` on timeline ${timeline}` : ''
  const gap =
    previous.leader === null && previous.leaderlessSince ? gapWords(previous.leaderlessSince, previous, next) : ''
  if (former === leader) return `${leader} took the lead again${where}${gap}.`
  return former === null
    ? `${leader} took the lead${where}${gap}.`
    : `${leader} took the lead from ${former}${where}${gap}.`
}

function gapWords(since: Date, previous: Snapshot, next: Snapshot): string {
  return `, ${previous.isLeaderlessLonger ? 'at least ' : ''}${formatAge(since, next.leader?.since ?? next.takenAt)} after it was lost`
}

/** A first sight of a leader is no change. */
function wasKnown(snapshot: Snapshot): boolean {
  return snapshot.leaderSource !== 'none' || snapshot.leader !== null
}

function writableChange({ previous, next }: Step): ClusterEvent[] {
  if (next.isStandbyCluster || next.leader === null || !wasKnown(previous)) return []
  const after = leaderMember(next)
  const before = leaderMember(previous)
  if (!after) return []
  const wasWriter = before?.name === after.name && before.writableSince !== null
  const isWriter = after.writableSince !== null
  if (wasWriter === isWriter) return []
  // Never heard before: what it says first is no change.
  if (before?.name === after.name && before.seenAt === null && before.postgres === null) return []
  const { name, timeline } = after
  if (!isWriter) {
    return [
      {
        kind: 'leader-not-writable',
        at: next.takenAt,
        member: name,
        severity: 'critical',
        sentence:
          next.leaderSource === 'none'
            ? `${name}, which led when last seen, no longer takes writes.`
            : `${name} leads, but no longer takes writes.`,
        from: 'writable',
        to: 'read-only',
        sources: writeSources(after),
      },
    ]
  }
  return [
    {
      kind: 'leader-writable',
      at: after.writableSince ?? next.takenAt,
      member: name,
      severity: 'info',
      sentence: `${name} takes writes${timeline === null ? '' : ` on timeline ${timeline}`}.`,
      from: 'read-only',
      to: 'writable',
      sources: writeSources(after),
    },
  ]
}

function leaderMember(snapshot: Snapshot): MemberSnapshot | undefined {
  return snapshot.members.find(({ name }) => name === snapshot.leader?.name)
}

function timelineChange({ previous, next }: Step): ClusterEvent[] {
  const before = leaderTimelineOf(previous) ?? newestTimeline(previous)
  const after = leaderTimelineOf(next)
  if (before === null || after === null || before === after) return []
  // A new leader still shows its old timeline, perhaps an older one, until its promotion is done.
  if (after < before && previous.leader?.name !== next.leader?.name) return []
  return [
    {
      kind: 'timeline-changed',
      at: next.takenAt,
      member: next.leader?.name ?? null,
      severity: after < before ? 'critical' : 'info',
      sentence:
        after < before
          ? `${next.clusterName} went back from timeline ${before} to ${after}.`
          : `${next.clusterName} went from timeline ${before} to ${after}.`,
      from: String(before),
      to: String(after),
      sources: writeSources(leaderMember(next)),
    },
  ]
}

function newestTimeline(snapshot: Snapshot): number | null {
  const timelines = snapshot.members.flatMap(({ timeline }) => (timeline === null ? [] : [timeline]))
  return timelines.length === 0 ? null : Math.max(...timelines)
}

function splitBrainChange({ previous, next }: Step): ClusterEvent[] {
  const before = writersAtOnce(previous, previous.takenAt)
  const after = writersAtOnce(next, next.takenAt)
  if (before.length > 0 === after.length > 0) return []
  const names = (after.length > 0 ? after : before).map(({ name }) => name)
  return [
    {
      kind: after.length > 0 ? 'split-brain' : 'split-brain-ended',
      at: next.takenAt,
      member: null,
      severity: after.length > 0 ? 'critical' : 'info',
      sentence:
        after.length > 0
          ? `Split brain: ${listNames(names)} take writes at the same time.`
          : `The split brain of ${listNames(names)} has ended.`,
      from: before.length > 0 ? listNames(names) : null,
      to: after.length > 0 ? listNames(names) : null,
      sources: (after.length > 0 ? after : before).flatMap((member) => writeSources(member)),
    },
  ]
}

function strayWriterChange({ previous, next }: Step): ClusterEvent[] {
  const before = unmanagedIn(previous)
  const after = unmanagedIn(next)
  if (!after || before?.name === after.name) return []
  return [
    {
      kind: 'unmanaged-primary',
      at: next.takenAt,
      member: after.name,
      severity: 'critical',
      sentence: `Postgres on ${after.name} takes writes without a Patroni that leads.`,
      from: null,
      to: after.name,
      sources: writeSources(after),
    },
  ]
}

function unmanagedIn(snapshot: Snapshot): MemberSnapshot | null {
  const leader = leaderStateOf(snapshot, snapshot.takenAt)
  if (leader.kind === 'unmanaged') return leader.member
  if (leader.kind === 'no-dcs') return leader.writer?.problem ? leader.writer : null
  return strayWriter(snapshot, snapshot.takenAt)
}
