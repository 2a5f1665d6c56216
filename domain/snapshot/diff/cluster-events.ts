import type { ClusterEvent } from '#domain/event.ts'
import { formatAge, formatInstant } from '#domain/format.ts'
import type { PatroniConfig, ScheduledSwitchover } from '#domain/snapshot/patroni.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import { dcsSources, type Step } from './step.ts'

/** Changes of what holds for the whole cluster: pause, schedule, synchronous standbys, configuration, failsafe mode. */
export function clusterEvents(step: Step): ClusterEvent[] {
  return [...pause(step), ...schedule(step), ...synchronous(step), ...config(step), ...failsafe(step)]
}

function pause({ previous, next }: Step): ClusterEvent[] {
  if ((previous.pause === null) === (next.pause === null)) return []
  const duration = previous.pause
    ? ` after ${previous.isPausedLonger ? 'at least ' : ''}${formatAge(previous.pause.since, next.takenAt)}`
    : ''
  return [
    told(next, {
      kind: next.pause ? 'paused' : 'resumed',
      severity: next.pause ? 'warning' : 'info',
      sentence: next.pause ? 'Patroni was paused: nobody takes over by itself.' : `Patroni was resumed${duration}.`,
      from: previous.pause ? 'paused' : 'running',
      to: next.pause ? 'paused' : 'running',
    }),
  ]
}

function schedule({ previous, next }: Step): ClusterEvent[] {
  const before = previous.scheduledSwitchover
  const after = next.scheduledSwitchover
  if (sameSchedule(before, after)) return []
  const events: ClusterEvent[] = []
  if (before) {
    const isDue = before.at <= next.takenAt
    events.push(
      told(next, {
        kind: 'switchover-unscheduled',
        severity: 'info',
        sentence: isDue
          ? `The time of the scheduled switchover came (${formatInstant(before.at)}); it is no longer scheduled.`
          : `The switchover scheduled for ${formatInstant(before.at)} was taken back.`,
        from: before.at.toISOString(),
        to: null,
      }),
    )
  }
  if (after) {
    events.push(
      told(next, {
        kind: 'switchover-scheduled',
        severity: 'info',
        sentence: `A switchover${after.from ? ` from ${after.from}` : ''}${after.to ? ` to ${after.to}` : ''} was scheduled for ${formatInstant(after.at)}.`,
        from: null,
        to: after.at.toISOString(),
      }),
    )
  }
  return events
}

function sameSchedule(a: ScheduledSwitchover | null, b: ScheduledSwitchover | null): boolean {
  if (a === null || b === null) return a === b
  return a.at.getTime() === b.at.getTime() && a.from === b.from && a.to === b.to
}

function synchronous({ previous, next }: Step): ClusterEvent[] {
  const before = previous.syncStandbys.join(', ')
  const after = next.syncStandbys.join(', ')
  if (before === after) return []
  return [
    told(next, {
      kind: 'sync-standbys-changed',
      severity: after === '' ? 'warning' : 'info',
      sentence:
        after === ''
          ? 'There is no synchronous standby any more.'
          : `Synchronous now: ${listNames(next.syncStandbys)}${before === '' ? '' : `; before: ${listNames(previous.syncStandbys)}`}.`,
      from: before || null,
      to: after || null,
    }),
  ]
}

function config({ previous, next }: Step): ClusterEvent[] {
  if (!previous.config || !next.config) return []
  const changes = changedSettings(previous.config, next.config)
  if (changes.length === 0) return []
  return [
    told(next, {
      kind: 'config-changed',
      severity: 'info',
      sentence: `The configuration changed: ${changes.map(({ name, from, to }) => `${name} from ${from} to ${to}`).join(', ')}.`,
      from: changes.map(({ name, from }) => `${name}=${from}`).join(' '),
      to: changes.map(({ name, to }) => `${name}=${to}`).join(' '),
    }),
  ]
}

interface Change {
  name: string
  from: string
  to: string
}

function changedSettings(before: PatroniConfig, after: PatroniConfig): Change[] {
  return settings.flatMap(({ key, name }) => {
    const [from, to] = [String(before[key]), String(after[key])]
    return from === to ? [] : [{ name, from, to }]
  })
}

/** Patroni's own names; `pause` is told by an event of its own. */
const settings: readonly { key: Exclude<keyof PatroniConfig, 'setup'>; name: string }[] = [
  { key: 'ttlSeconds', name: 'ttl' },
  { key: 'loopWaitSeconds', name: 'loop_wait' },
  { key: 'retryTimeoutSeconds', name: 'retry_timeout' },
  { key: 'maximumLagOnFailoverBytes', name: 'maximum_lag_on_failover' },
  { key: 'synchronousMode', name: 'synchronous_mode' },
  { key: 'synchronousModeStrict', name: 'synchronous_mode_strict' },
  { key: 'checkTimeline', name: 'check_timeline' },
  { key: 'failsafeMode', name: 'failsafe_mode' },
  { key: 'standbyCluster', name: 'standby_cluster' },
  { key: 'primaryStartTimeoutSeconds', name: 'primary_start_timeout' },
]

function failsafe({ previous, next }: Step): ClusterEvent[] {
  if (previous.failsafeActive === next.failsafeActive) return []
  return [
    {
      ...told(next, {
        kind: next.failsafeActive ? 'failsafe-started' : 'failsafe-ended',
        severity: next.failsafeActive ? 'critical' : 'info',
        sentence: next.failsafeActive
          ? 'Failsafe mode started: the members have lost the DCS.'
          : 'Failsafe mode ended: the members reach the DCS again.',
        from: previous.failsafeActive ? 'failsafe' : 'normal',
        to: next.failsafeActive ? 'failsafe' : 'normal',
      }),
      sources: next.members.filter(({ problem }) => problem === null).map(({ name }) => `patroni ${name}`),
    },
  ]
}

function told(
  next: Snapshot,
  event: Pick<ClusterEvent, 'kind' | 'severity' | 'sentence' | 'from' | 'to'>,
): ClusterEvent {
  return { ...event, at: next.takenAt, member: null, sources: dcsSources(next) }
}
