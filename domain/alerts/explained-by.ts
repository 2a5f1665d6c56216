import type { OperationKind, OperationState } from '#domain/operation/operation.ts'
import type { AlertCause } from './rule.ts'

/** An operation that moves the lead or recovers a cluster, as far as it explains what alerts find. */
export interface Explaining {
  id: string
  kind: OperationKind
  state: OperationState
  startedAt: Date
  /** Null = it goes on. */
  endedAt: Date | null
}

/**
 * The operation that explains an alert at `now`; null where none does. What it explains is what it brings about while it goes on and
 * in the minutes in which everything follows; one that failed explains nothing more. Two who write at once are never explained.
 */
export function explainedBy(
  alert: { ruleId: string; cause: AlertCause; since: Date },
  operations: readonly Explaining[],
  now: Date,
): string | null {
  if (neverExplained.has(alert.ruleId)) return null
  const found = operations.find(({ kind, state, startedAt, endedAt }) => {
    if (!causesOf(kind).has(alert.cause) || alert.since.getTime() < startedAt.getTime() - slackMs) return false
    if (endedAt === null) return true
    return state === 'succeeded' && now.getTime() - endedAt.getTime() <= settleMs && alert.since <= later(endedAt)
  })
  return found?.id ?? null
}

/** How long after its end an operation still explains, ms. */
export const settleMs = 120_000

const slackMs = 5_000

function later(at: Date): Date {
  return new Date(at.getTime() + 30_000)
}

const neverExplained: ReadonlySet<string> = new Set([
  'split-brain',
  'glass-broken',
  'approval-wanted',
  'unmanaged-primary',
  'identifiers-differ',
  'haproxy-two-primaries',
  'disk-low',
  'checksums-fail',
  'backup-page-errors',
])

function causesOf(kind: OperationKind): ReadonlySet<AlertCause> {
  if (kind === 'switchover' || kind === 'failover') return ofSwitchover
  return kind === 'restore' ? ofRestore : nothing
}

const nothing: ReadonlySet<AlertCause> = new Set()
const ofSwitchover: ReadonlySet<AlertCause> = new Set(['leadership', 'member', 'replication', 'routing', 'pooling'])
/** A recovery in place also holds back archiving, and Postgres is away for as long as it takes. */
const ofRestore: ReadonlySet<AlertCause> = new Set([...ofSwitchover, 'backup', 'workload', 'console'])
