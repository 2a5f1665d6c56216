import type { PlanCore } from './plan-core.ts'

/** pgBouncer's own commands but for the pause, which lasts. */
export type PoolerCommand = 'resume' | 'reconnect' | 'reload' | 'disable' | 'enable' | 'kill'

export type PoolerAct = 'pause' | PoolerCommand

/** What is asked of the poolers of a cluster. */
export interface PoolerWish {
  act: PoolerAct
  /** Null = the pooler of every node. */
  node: string | null
  /** Null = all. */
  database: string | null
  /** How long a pause lasts at most, ms, from when it is asked for; null for any other act. */
  limitMs: number | null
}

interface PoolerPlanCore extends PlanCore {
  /** Whose agents do it. */
  nodes: string[]
  database: string | null
  /** What it is about, for the audit log: `orders on pg-node-1, pg-node-2`. */
  aim: string
  /** What must be typed to confirm it; null = nothing. */
  confirm: string | null
}

/** Holds clients back for a while; it ends by itself. */
export interface PoolerPausePlan extends PoolerPlanCore {
  kind: 'pooler-pause'
  act: 'pause'
  /** For what is under way to end; where one pooler takes longer, none is paused. */
  drainMs: number
  limitMs: number
}

/** One command to one or all of the poolers. */
export interface PoolerCommandPlan extends PoolerPlanCore {
  kind: 'pooler-command'
  act: PoolerCommand
}

/** Limits of a pause, ms. */
export const pauseBounds = { leastMs: 5_000, mostMs: 110_000, drainMs: 8_000 } as const
