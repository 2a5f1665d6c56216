import type { OperationKind, OperationState } from '#domain/operation/operation.ts'
import type { KeptAlert } from './alert.ts'
import type { AlertCause } from './rule.ts'

/** An operation as far as it explains what alerts find. */
export interface Explaining {
  id: string
  kind: OperationKind
  /** The replica that is copied anew; null = it is about the whole cluster. */
  member: string | null
  state: OperationState
  startedAt: Date
  /** Null = it goes on. */
  endedAt: Date | null
}

type Found = Pick<KeptAlert, 'ruleId' | 'cause' | 'since' | 'subject' | 'member' | 'explainedBy'>

/**
 * The operation that explains an alert at `now`; null where none does. What it explains is what it brings about while it goes on and
 * in the minutes in which everything follows; one that failed explains nothing more. Two who write at once are never explained.
 */
export function explainedBy(
  alert: Found,
  operations: readonly Explaining[],
  now: Date,
  ownPools: ReadonlySet<string>,
): string | null {
  const found = operations.find((operation) => {
    const { state, startedAt, endedAt } = operation
    if (!bringsAbout(operation, alert, ownPools) || alert.since.getTime() < startedAt.getTime() - slackMs) return false
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

function bringsAbout(operation: Explaining, alert: Found, ownPools: ReadonlySet<string>): boolean {
  switch (operation.kind) {
    case 'switchover':
    case 'failover':
      return ofSwitchover.has(alert.cause) && !neverExplained.has(alert.ruleId)
    case 'restore':
      return ofRestore.has(alert.cause) && !neverExplained.has(alert.ruleId)
    case 'reinitialise':
      return isOfCopy(operation, alert, ownPools)
    default:
      return false
  }
}

const neverExplained: ReadonlySet<string> = new Set([
  'split-brain',
  'glass-broken',
  'policy-weakened',
  'audit-disputed',
  'approval-wanted',
  'operation-waits',
  'unmanaged-primary',
  'identifiers-differ',
  'haproxy-two-primaries',
  'disk-low',
  'checksums-fail',
  'backup-page-errors',
])

const ofSwitchover: ReadonlySet<AlertCause> = new Set(['leadership', 'member', 'replication', 'routing', 'pooling'])
/** A recovery in place also holds back archiving, and Postgres is away for as long as it takes. */
const ofRestore: ReadonlySet<AlertCause> = new Set([...ofSwitchover, 'backup', 'workload', 'console'])

/**
 * A copy lasts for hours at times, so it explains by rule and of its member alone. That nobody could take over, that reads go nowhere or
 * that commits wait may have other reasons beside it; Patroni, pgBouncer and the agent on the member go on; and what fills its disk may
 * break the copy itself.
 */
function isOfCopy(operation: Explaining, alert: Found, ownPools: ReadonlySet<string>): boolean {
  if (alert.member === null || alert.member !== operation.member) return false
  if (ofPools.has(alert.ruleId)) return alert.explainedBy === operation.id || ownPools.has(alert.subject)
  return ofCopy.has(alert.ruleId)
}

const ofCopy: ReadonlySet<string> = new Set([
  'postgres-not-running',
  'replica-not-streaming',
  'replication-lag',
  'replication-lag-severe',
  'replication-lag-bytes',
  'timeline-differs',
])
/** Clients wait for the Postgres that is copied only where their pool leads there. */
const ofPools: ReadonlySet<string> = new Set(['pool-waiting', 'pool-waiting-long'])
