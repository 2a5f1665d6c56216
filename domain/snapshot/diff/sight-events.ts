import { assess } from '#domain/judgement/assess.ts'
import type { ClusterEvent } from '#domain/event.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Verdict, VerdictLevel } from '#domain/judgement/verdict.ts'
import { isBlind, type Step } from './step.ts'

/** Changes of what the console sees, and of what it makes of it. */
export function sightEvents(step: Step): ClusterEvent[] {
  return [...blindness(step), ...verdictChange(step)]
}

function blindness({ previous, next }: Step): ClusterEvent[] {
  const wasBlind = isBlind(previous)
  if (wasBlind === isBlind(next)) return []
  return [
    {
      kind: wasBlind ? 'console-sees' : 'console-blind',
      at: next.takenAt,
      member: null,
      severity: wasBlind ? 'info' : 'warning',
      sentence: wasBlind
        ? `Matriarch sees ${next.clusterName}${previous.leaderSeenAt ? ' again' : ''}.`
        : `Matriarch can no longer see ${next.clusterName}: neither a member nor etcd answers it.`,
      from: wasBlind ? 'blind' : 'seen',
      to: wasBlind ? 'seen' : 'blind',
      sources: ['console'],
    },
  ]
}

function verdictChange({ previous, next }: Step): ClusterEvent[] {
  const before = judged(previous)
  const after = judged(next)
  if (before.level === after.level) return []
  return [
    {
      kind: 'verdict-changed',
      at: next.takenAt,
      member: null,
      severity: severities[after.level],
      sentence: `${names[after.level]}, was ${names[before.level].toLowerCase()}: ${after.sentence}`,
      from: before.level,
      to: after.level,
      sources: ['console'],
    },
  ]
}

/** Each snapshot is judged as of the moment it was taken: an event tells what was known then. */
function judged(snapshot: Snapshot): Verdict {
  return assess(snapshot, snapshot.takenAt).verdict
}

const names = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  'at-risk': 'At risk',
  down: 'Down',
  unseen: 'Unseen',
} as const satisfies Record<VerdictLevel, string>

const severities = {
  healthy: 'info',
  degraded: 'warning',
  'at-risk': 'critical',
  down: 'critical',
  unseen: 'warning',
} as const satisfies Record<VerdictLevel, ClusterEvent['severity']>
