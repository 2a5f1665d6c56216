import type { AlertRule } from '#domain/alerts/rule.ts'
import { hour, madeRule, minute } from './made-rule.ts'

const ofMember = { scope: 'member', cause: 'workload' } as const
const ofCluster = { scope: 'cluster', cause: 'workload' } as const
const runbook = 'sessions-held'

/** What the clients do to Postgres. */
export const workloadRules: readonly AlertRule[] = [
  madeRule({
    ...ofMember,
    id: 'long-transaction',
    title: 'Long transaction',
    expression: 'longestTransactionSeconds > $seconds',
    parameters: { seconds: { value: hour, unit: 'seconds', title: 'longer than' } },
    forSeconds: 5 * minute,
    severity: 'warning',
    runbook,
    summary: 'A transaction has been open for {longestTransactionSeconds}: vacuum cannot clear what it may still see.',
  }),
  madeRule({
    ...ofMember,
    id: 'idle-in-transaction',
    title: 'Idle in a transaction',
    expression: 'longestIdleInTransactionSeconds > $seconds',
    parameters: { seconds: { value: 300, unit: 'seconds', title: 'longer than' } },
    forSeconds: 2 * minute,
    severity: 'warning',
    runbook,
    summary: 'A session has sat idle in a transaction for {longestIdleInTransactionSeconds} and keeps its locks.',
  }),
  madeRule({
    ...ofMember,
    id: 'sessions-blocked',
    title: 'Sessions are blocked',
    expression: 'waitingOnLock > $sessions',
    parameters: { sessions: { value: 5, unit: 'count', title: 'more than' } },
    forSeconds: 2 * minute,
    severity: 'warning',
    runbook,
    summary: 'Of its sessions {waitingOnLock} must wait for a lock.',
  }),
  madeRule({
    ...ofCluster,
    id: 'deadlocks',
    title: 'Deadlocks',
    // Who has just begun to look knows of the whole time by a part of it only that there were too many.
    expression: 'deadlocks > $count or deadlocksSeen > $count',
    parameters: { count: { value: 5, unit: 'count', title: 'within 10 minutes, more than' } },
    forSeconds: 0,
    severity: 'warning',
    summary: '{deadlocksSeen} deadlocks within 10 minutes.',
    runbook,
  }),
  madeRule({
    ...ofCluster,
    id: 'checkpoints-requested',
    title: 'Checkpoints by request',
    expression: 'requestedCheckpoints > $count or requestedCheckpointsSeen > $count',
    parameters: { count: { value: 6, unit: 'count', title: 'within half an hour, more than' } },
    forSeconds: 30 * minute,
    severity: 'info',
    summary:
      '{requestedCheckpointsSeen} checkpoints were asked for within half an hour: max_wal_size is small for what is written.',
    runbook: 'room-runs-out',
  }),
  madeRule({
    ...ofCluster,
    id: 'horizon-held',
    title: 'Old row versions are held',
    expression: 'leaderHorizonAge > $age',
    parameters: { age: { value: 100_000_000, unit: 'transactions', title: 'older than' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    summary:
      'Row versions of {leaderHorizonAge} cannot be cleared: a session, slot or prepared transaction holds them.',
    runbook,
  }),
  madeRule({
    ...ofCluster,
    id: 'checksums-fail',
    title: 'Pages are damaged',
    expression: 'newChecksumFailures > 0',
    forSeconds: 0,
    keepFiringSeconds: hour,
    severity: 'critical',
    cause: 'capacity',
    summary:
      '{newChecksumFailures} pages failed their checksum: the disk of the leader returns other data than was written.',
    runbook: 'data-damaged',
  }),
]
