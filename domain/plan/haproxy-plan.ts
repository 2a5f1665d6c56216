import type { PlanCore } from './plan-core.ts'

/** `drain`: no new connections, checks go on; `ready`: back to what the checks say. */
export type HaproxyAct = 'drain' | 'ready'

/** What is asked of one server behind HAProxy. */
export interface HaproxyWish {
  act: HaproxyAct
  proxy: string
  server: string
}

/** Takes a server out of HAProxy's choice, or puts it back. */
export interface HaproxyPlan extends PlanCore, HaproxyWish {
  kind: 'haproxy-command'
  /** What it is about, for the audit log: `primary/pg-node-2 of HAProxy`. */
  aim: string
  /** What must be typed to confirm it; null = nothing. */
  confirm: string | null
}
