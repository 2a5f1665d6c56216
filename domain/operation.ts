import type { SwitchoverPlan } from './switchover-plan.ts'

export type OperationKind = 'switchover' | 'schedule-switchover' | 'cancel-scheduled-switchover'

export type OperationState =
  | 'planned'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'refused'
  | 'cancelled'
  | 'unknown'

/** States in which an operation holds its cluster: at most one such operation a cluster. */
export const activeStates = ['planned', 'running', 'waiting'] as const satisfies readonly OperationState[]

/** True once nothing more will happen to the operation. */
export function isEnded(state: OperationState): boolean {
  return !(activeStates as readonly OperationState[]).includes(state)
}

export interface Operation {
  id: string
  kind: OperationKind
  clusterId: string
  clusterName: string
  state: OperationState
  plan: SwitchoverPlan
  planHash: string
  reason: string
  requestedBy: { id: string; name: string }
  requestedAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** The verified outcome, or what is being waited for, in one sentence. */
  outcome: string | null
  result: SwitchoverResult | null
  steps: OperationStep[]
  /** Grows with every takeover by another worker. */
  epoch: number
  executor: string | null
}

export interface OperationStep {
  n: number
  name: string
  /** What the step does, as an imperative: "Ask pg-node-1 to hand over to pg-node-2". */
  title: string
  state: 'pending' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped'
  startedAt: Date | null
  endedAt: Date | null
  /** What came of it, or what it waits for. */
  detail: string | null
  /** Live output, newest last. */
  output: { at: Date; line: string }[]
}

export interface SwitchoverResult {
  newLeader: string | null
  oldLeader: string
  timelineBefore: number | null
  timelineAfter: number | null
  /** Measured: from the old leader's last sign of being writable to the new one's first, ms. */
  interruptionMs: number | null
  /** How the interruption was measured. */
  interruptionBasis: string | null
}
