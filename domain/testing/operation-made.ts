import type { Operation, OperationResult, OperationStep } from '#domain/operation/operation.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { RecoveryAttempt, RestoreResult } from '#domain/recovery/restore-result.ts'
import { hour } from './restore-case.ts'
import { madeRestorePlan } from './restore-plan-made.ts'

/** So many seconds after the hour. */
export function second(seconds: number): Date {
  return new Date(hour.getTime() + seconds * 1000)
}

/** An operation of that plan which Ada asked for at the hour and which ended ten minutes later. */
export function madeOperation(plan: Plan, result: OperationResult | null, change: Partial<Operation> = {}): Operation {
  return {
    id: '0d5f0c8e-5b0e-4e55-9d1f-8d1c3a2f9b11',
    kind: plan.kind,
    clusterId: plan.clusterId,
    clusterName: plan.clusterName,
    state: 'succeeded',
    plan,
    planHash: 'x',
    reason: 'orders was dropped',
    requestedBy: { id: 'a', name: 'Ada' },
    requestedAt: hour,
    startedAt: second(1),
    endedAt: second(601),
    outcome: 'The cluster runs on its data as of 2026-11-24 00:09:00 UTC.',
    result,
    question: null,
    decisions: [],
    steps: [
      step(1, 'Look at everything once more', 1, 3, 'All is as planned.'),
      step(2, 'Shut clients out', 3, 4, 'No pgBouncer takes clients.'),
    ],
    approval: null,
    isBreakGlass: false,
    epoch: 1,
    executor: null,
    ...change,
  }
}

/** A recovery of `shop` under way, with what is to be otherwise. */
export function madeRecovery(change: Partial<Operation> = {}): Operation {
  const open = { state: 'running' as const, endedAt: null, outcome: null, steps: [] }
  return madeOperation(madeRestorePlan(), null, { ...open, ...change })
}

/** A step of that name and state, which took a minute. */
export function madeStep(n: number, name: string, state: OperationStep['state']): OperationStep {
  const hasBegun = state !== 'pending' && state !== 'skipped'
  const endedAt = hasBegun && state !== 'running' ? second(60) : null
  return { n, name, title: `Step ${name}`, state, startedAt: hasBegun ? hour : null, endedAt, detail: null, output: [] }
}

function step(n: number, title: string, from: number, to: number, detail: string): Operation['steps'][number] {
  return { n, name: `s${n}`, title, state: 'done', startedAt: second(from), endedAt: second(to), detail, output: [] }
}

/** A recovery that stopped where it should. */
export function madeAttempt(change: Partial<RecoveryAttempt> = {}): RecoveryAttempt {
  return {
    targetWords: '2026-11-24 00:09:00.000 UTC',
    stoppedHow: 'before commit',
    xid: '725',
    time: '2026-11-24 00:09:00.201+00',
    lastCompletedAt: '2026-11-24 00:08:59.9+00',
    replayedLsn: '0/9000148',
    check: {
      query: 'select count(*) from orders',
      columns: ['count'],
      rows: [['41']],
      isCut: false,
      problem: null,
      ms: 12,
    },
    tables: [{ database: 'shop', schema: 'public', name: 'orders', bytes: 81_920, rows: 41, isCounted: true }],
    isOnTarget: true,
    ...change,
  }
}

/** A recovery that became the cluster. */
export function madeRestoreResult(change: Partial<RestoreResult> = {}): RestoreResult {
  return {
    kind: 'restore',
    ended: 'committed',
    node: 'pg-node-3',
    targetWords: '2026-11-24 00:09:00.000 UTC',
    set: '20261124-000700F',
    repository: 1,
    targetTimeline: 4,
    attempts: [madeAttempt()],
    timelineBefore: 4,
    timelineAfter: 5,
    systemIdentifier: '7711258502852368380',
    members: [{ name: 'pg-node-3', role: 'leader', timeline: 5, isStreaming: false }],
    keptAside: [{ node: 'pg-node-3', name: '0d5f0c8e' }],
    newBackup: '20261124-011000F',
    archivedWal: '000000050000000000000009',
    phases: [
      { name: 'Restore', ms: 61_000 },
      { name: 'Replay', ms: 9000 },
    ],
    writableAfterMs: 95_000,
    ...change,
  }
}
