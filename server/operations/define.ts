import type { Operation, OperationKind, OperationState, SwitchoverResult } from '#domain/operation.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { OperationAccess } from './operation-access.ts'

/** An operation as a list of named steps; (kind, version) never changes its meaning, so that a plan can outlive an upgrade. */
export interface OperationDefinition {
  kind: OperationKind
  version: SwitchoverPlan['version']
  /** Steps as they stand on the page. */
  steps: (plan: SwitchoverPlan) => { name: string; title: string }[]
  /** What each step does, by its name. */
  acts: Record<string, StepAct>
  /** What the operation is called when all steps are done. */
  succeeded: (facts: Facts, plan: SwitchoverPlan) => { outcome: string; result: SwitchoverResult | null }
  /** What is known of the result when it ends in any other way. */
  resultSoFar: (facts: Facts, plan: SwitchoverPlan) => SwitchoverResult | null
}

/**
 * What a step does. A `look` only reads and may be run again. An `effect` changes the world: its intent is committed before,
 * and when it is entered again after a crash, `probe` decides by looking whether it happened. From an effect on there is no
 * cancelling.
 */
export type StepAct =
  | { act: 'look'; deadlineMs: number; run: (context: StepContext) => Promise<StepOutcome> }
  | {
      act: 'effect'
      deadlineMs: number
      run: (context: StepContext) => Promise<StepOutcome>
      probe: (context: StepContext) => Promise<StepOutcome | { kind: 'not-done' }>
    }

/** How a step ends. All but `done` end the operation. */
export type StepOutcome =
  | { kind: 'done'; detail: string }
  /** A precondition does not hold, or the other side said no; nothing was changed. */
  | { kind: 'refused'; detail: string }
  /** It is known how it is, and it is not as planned. */
  | { kind: 'failed'; detail: string }
  /** It cannot be told from here; the detail says what to check. */
  | { kind: 'unknown'; detail: string }
  | { kind: 'cancelled'; detail: string }

/** State of the operation that a step's end brings about. */
export const endOf = {
  refused: 'refused',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'cancelled',
} as const satisfies Record<Exclude<StepOutcome['kind'], 'done'>, OperationState>

/** What steps have found out so far; kept with the step, so that it outlives the process. */
export interface Facts {
  /** When readings last showed that the plan still holds. */
  checkedAt?: Date
  /** Members that followed the leader before; none of them may be left behind. */
  followersBefore?: string[]
  /** Its leader takes no writes either, and a switchover starts no timeline. */
  isStandbyCluster?: boolean
  /** How often the request was sent to Patroni; counted before it is sent. */
  sends?: number
  /** Last timeline that had ended before the request was sent, kept where the plan knows no timeline. */
  endedBefore?: number | null
  newLeader?: string
  timelineAfter?: number | null
  /** Who followed the new leader at the end, and who of all members did not. */
  followersAfter?: string[]
  leftOut?: string[]
  /** Begin of the last look that found the old leader writable, and end of the first after it that found it not so. */
  oldWritableAt?: Date
  oldStoppedAt?: Date | null
  /** Begin of the newest look at each other member that found it read-only. */
  readOnly?: { member: string; at: Date }[]
  /** End of the first look that found the new leader writable. */
  newWritableAt?: Date
  /** Said where no close look found that, but the collector's. */
  newWritableBy?: 'collector'
}

export interface StepContext {
  operation: Pick<Operation, 'id' | 'clusterId' | 'clusterName' | 'kind' | 'plan' | 'requestedBy'>
  cluster: OperationAccess
  facts: Facts
  /** Ends at the step's deadline. */
  signal: AbortSignal
  now: () => Date
  /** Adds a line to the live output of the step. */
  say: (line: string) => void
  /** Keeps what was found out, in passing. */
  note: (facts: Facts) => void
  /** Keeps what was found out; resolves when it is stored. */
  remember: (facts: Facts) => Promise<void>
  /** Resolves only while this run is the one that may act; to be awaited right before each call that changes something. */
  fence: () => Promise<void>
  /** Still allowed to whoever asked for it? Null = yes, else why not. */
  forbidden: () => Promise<string | null>
  /** Named points at which a test ends the process. */
  debugPoint: (point: string) => void
}
