import type { BackupView } from '#domain/backup/backup-view.ts'
import type { NodeSight } from '#domain/snapshot/node-sight.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { Counted } from './counted.ts'
import type { LeaderPath } from './leader-path.ts'
import type { ServerLine } from './traffic-values.ts'

/** The room that was seen on a node. */
export type NodeRoom = Pick<NodeSight, 'seenAt' | 'dataFreeBytes'>

/** What one sweep is made from. */
export interface SweepSeen {
  snapshot: Snapshot
  stack: StackView | null
  /** Null or absent where nobody looks at the backups. */
  backups?: BackupView | null
  /** What was seen of the nodes through their agents, by member. */
  nodes?: ReadonlyMap<string, NodeRoom>
  /** What the sweep before left for this one; null = there was none. */
  before: Counters | null
  now: Date
}

/** What a sweep leaves for the next one: totals to compare with, and the path of the leader. */
export interface Counters {
  /** By the names of layer and member. */
  counted: ReadonlyMap<string, Counted>
  path: LeaderPath | null
}

/** One member within a sweep. */
export interface MemberSeen {
  member: MemberSnapshot
  seen: SweepSeen
  path: LeaderPath | null
  /** Null while HAProxy does not answer. */
  traffic: { lines: ServerLine[]; seenAt: Date } | null
}

/** Where the totals of one layer of a member are kept. */
export function keyOf(layer: string, member: string): string {
  return `${layer} ${member}`
}
