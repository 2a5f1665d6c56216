import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { PlanCore } from './plan-core.ts'

/** What a rehearsal would do: restore a moment beside the running cluster, look at it, and take it away again. */
export interface RehearsalPlan extends PlanCore {
  kind: 'rehearsal'
  /** Where it is done: a replica with room, where there is one. */
  node: string
  nodeReason: string
  stanza: string
  repository: number
  /** The leader is asked to archive what it has not yet, before; older plans do not say, and it was not. */
  archivesFirst?: boolean | undefined
  target: RecoveryTarget
  targetWords: string
  set: string
  targetTimeline: number
  choiceReason: string
  check: string | null
  /** True = indexes and heaps are looked through by amcheck. */
  verifiesPages: boolean
  /** Tables or a schema handed over as a file at the end; null = none. */
  extract: RehearsalExtract | null
  space: { neededBytes: number | null; freeBytes: number | null }
  nearestAt: Date | null
}

/** What is to be taken out of a rehearsal by pg_dump. */
export interface RehearsalExtract {
  database: string
  schema: string
  /** Null = the whole schema. */
  table: string | null
}

export interface RehearsalWish {
  target: RecoveryTarget
  repository: number | null
  /** Null = the plan chooses. */
  node: string | null
  check: string | null
  verifiesPages: boolean
  extract: RehearsalExtract | null
}
