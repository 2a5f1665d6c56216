import type { Agent } from '#domain/agent/agent.ts'
import type { Assessment } from '#domain/judgement/assessment.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { JudgedBackups } from '#domain/backup/judge-backups.ts'
import type { RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import type { Sight } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Sample } from '#domain/samples/metrics.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'
import type { Trail } from './trail.ts'

/** All that facts are made from. */
export interface FactSources {
  snapshot: Snapshot
  assessment: Assessment
  sight: Sight
  /** Null until the layers were looked at. */
  stack: StackView | null
  /** The newest sample of each subject: what needs two looks, such as seconds behind, is taken from there. */
  samples: readonly Sample[]
  /** Null where nobody ever told of backups. */
  backups: BackupsSource | null
  /** Those of the cluster, with the room on their nodes. */
  agents: readonly AgentSource[]
  trail: Trail
  /** Since when nobody can tell whether a firing alert still holds, the earliest; null = of all it is known. */
  unknownSince: Date | null
  /** Of the notifications about the cluster. */
  undelivered: Undelivered
  /** Absent = none. */
  approvals?: ApprovalsSeen
  /** Since when an operation waits for a decision, the earliest; null or absent = none does. */
  decisionAskedAt?: Date | null
  /** True where somebody outside the store contradicts the audit log; absent = nobody does. */
  isAuditDisputed?: boolean
  now: Date
}

/** What of a cluster waits for approval, and what was done about approvals within a day: run alone, or asked for less. */
export interface ApprovalsSeen {
  waiting: number
  glassBroken: number
  policiesWeakened: number
}

export interface Undelivered {
  /** Given up within a day, not dismissed, and on a channel that delivered nothing since. */
  dead: number
  /** Since when one waits to be told, the earliest; null = none does. */
  waitingSince: Date | null
}

export const allDelivered: Undelivered = { dead: 0, waitingSince: null }

export interface BackupsSource {
  view: BackupView
  takenAt: Date
  judged: JudgedBackups
  /** Newest first. */
  rehearsals: readonly RehearsalSeen[]
}

export type AgentSource = Agent & { dataFreeBytes: number | null; nodeSeenAt: Date | null }

/** The deep looks are made every 10 s; what is older than three of them is not known. */
export const deepLookMs = 10_000

/** What a deep look told, unless it is old. */
export function freshOf<T>(looked: Looked<T> | null | undefined, now: Date): T | null {
  if (!looked?.value || looked.seenAt === null) return null
  return now.getTime() - looked.seenAt.getTime() > 3 * deepLookMs ? null : looked.value
}

/** True where what the console sees tells of the cluster as it is now. */
export function sees(sight: Sight): boolean {
  return sight === 'clear' || sight === 'partial'
}

export function secondsSince(at: Date | null, now: Date): number | null {
  return at === null ? null : Math.max(0, (now.getTime() - at.getTime()) / 1000)
}

/** The greatest of those that are known; null where none is. */
export function greatest(values: readonly (number | null | undefined)[]): number | null {
  let found: number | null = null
  for (const value of values) if (typeof value === 'number' && (found === null || value > found)) found = value
  return found
}

/** The sum where every part is known. */
export function total(values: readonly (number | null)[]): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return sum
}

/** A ratio; null without a limit. */
export function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole
}
