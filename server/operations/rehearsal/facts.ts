import type { CheckAnswer } from '#domain/recovery/recovered-data.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import type { Facts } from '../define.ts'
import type { RehearsalContext } from './context.ts'

/** What the steps of a rehearsal have found out so far. */
export interface RehearsalFacts {
  rehearsal?: {
    /** Something of it may be on the node. */
    isBegun?: boolean
    restoredBytes?: number | null
    attempt?: RecoveryAttempt
    check?: CheckAnswer
    pages?: NonNullable<RehearsalResult['pages']>
    extract?: NonNullable<RehearsalResult['extract']>
    /** Why the backups did not yield what was asked for, in sentences. */
    faults?: string[]
    /** By step: what it is called, and how long it took. */
    times?: Record<string, { title: string; beganAt: Date; endedAt: Date | null }>
  }
}

/** Keeps more of what was found out, beside what is known. */
export function noteRehearsal(context: RehearsalContext, found: NonNullable<RehearsalFacts['rehearsal']>): void {
  context.note({ rehearsal: { ...context.facts.rehearsal, ...found } } satisfies Facts)
}

/** Keeps a reason for which the rehearsal is no good one. */
export function noteFault(context: RehearsalContext, fault: string): void {
  const known = context.facts.rehearsal?.faults ?? []
  if (!known.includes(fault)) noteRehearsal(context, { faults: [...known, fault] })
}
