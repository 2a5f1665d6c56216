import type { PlanCore } from './plan-core.ts'

/** `cancel` ends the statement that a session runs, `terminate` the session itself. */
export type SignalAct = 'cancel' | 'terminate'

/** Names one session of Postgres: pids are used again, so the moment that it began belongs to it. */
export interface SessionName {
  member: string
  pid: number
  /** To the millisecond. */
  backendStart: Date
}

/** What is asked of one session. */
export interface SignalWish extends SessionName {
  act: SignalAct
}

/** Ends what one session does, or the session. */
export interface SignalPlan extends PlanCore, SignalWish {
  kind: 'signal-backend'
  /** What it is about, for the audit log: `pid 4711 on pg-node-2`. */
  aim: string
  /** As the last look listed it, without its statement; null = it was not among those listed. */
  session: PlannedSession | null
  /** What must be typed to confirm it; null = nothing. */
  confirm: string | null
}

export interface PlannedSession {
  user: string | null
  database: string | null
  application: string
  state: string | null
  transactionSeconds: number | null
  /** Pids of those that wait for it, directly or for one that does. */
  holdsUp: number[]
  /** Node of the pooler that holds this session open for its clients; null = none that is seen does. */
  poolerOn: string | null
}
