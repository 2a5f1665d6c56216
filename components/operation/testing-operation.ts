import type { Operation, OperationStep } from '#domain/operation.ts'
import type { RecoveryAttempt, RestoreResult } from '#domain/restore-result.ts'
import type { RestorePlan } from '#domain/restore-plan.ts'

export const at = new Date('2026-11-25T14:30:00.000Z')

/** So many minutes after the operation began. */
export function later(minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

export const restorePlan: RestorePlan = {
  version: 1,
  kind: 'restore',
  clusterId: 'c',
  clusterName: 'shop',
  leader: 'pg-node-3',
  timeline: 4,
  systemIdentifier: '7301',
  node: 'pg-node-3',
  nodeReason: 'pg-node-3 leads, and its settings and room are those of a leader.',
  replicas: ['pg-node-1', 'pg-node-2'],
  stanza: 'main',
  repository: 1,
  target: { type: 'time', at: new Date('2026-11-25T14:03:00.000Z'), timeline: null },
  targetWords: '2026-11-25 14:03:00.000 UTC',
  set: '20261125-010000F',
  targetTimeline: 4,
  choiceReason: 'Newest backup that ended before 2026-11-25 14:03:00 UTC; that moment lies on timeline 4.',
  check: 'select count(*) from orders',
  commitsAlone: false,
  clientsBack: 'writable',
  wayBack: 'aside',
  loss: { fromAt: new Date('2026-11-25T14:03:00.000Z'), toAt: at, walBytes: 34_000_000 },
  space: { neededBytes: 41_000_000_000, freeBytes: 90_000_000_000 },
  expectedMs: 372_000,
  snapshotVersion: 7,
  madeAt: at,
  sentences: ['Clients are shut out.', 'pg-node-3 is restored.'],
  blockers: [],
  nearestAt: null,
  warnings: [],
  pointOfNoReturn: 'When the recovered leader is restarted to serve clients.',
}

export const attempt: RecoveryAttempt = {
  targetWords: '2026-11-25 14:03:00.000 UTC',
  stoppedHow: 'before commit',
  xid: '741',
  time: '2026-11-25 14:03:01.2+00',
  lastCompletedAt: '2026-11-25 14:02:59.8+00',
  replayedLsn: '0/B000180',
  check: {
    query: 'select count(*) from orders',
    columns: ['count'],
    rows: [['1204']],
    isCut: false,
    problem: null,
    ms: 12,
  },
  tables: [
    { database: 'shop', schema: 'public', name: 'orders', bytes: 1_200_000, rows: 1204, isCounted: true },
    { database: 'shop', schema: 'sales', name: 'customers', bytes: 400_000, rows: 90_000, isCounted: false },
  ],
  isOnTarget: true,
}

export const restoreResult: RestoreResult = {
  kind: 'restore',
  ended: 'committed',
  node: 'pg-node-3',
  targetWords: attempt.targetWords,
  set: '20261125-010000F',
  repository: 1,
  targetTimeline: 4,
  attempts: [attempt],
  timelineBefore: 4,
  timelineAfter: 5,
  systemIdentifier: '7301',
  members: [
    { name: 'pg-node-3', role: 'leader', timeline: 5, isStreaming: false },
    { name: 'pg-node-1', role: 'replica', timeline: 5, isStreaming: true },
  ],
  keptAside: [{ node: 'pg-node-3', name: 'o' }],
  newBackup: '20261125-143500F',
  archivedWal: '00000005000000000000000B',
  phases: [
    { name: 'restore', ms: 300_000 },
    { name: 'recover', ms: 42_000 },
  ],
  writableAfterMs: 392_000,
}

/** A recovery of the cluster `shop` under way, with what is to be otherwise. */
export function restoreOperation(change: Partial<Operation> = {}): Operation {
  return {
    id: 'o',
    kind: 'restore',
    clusterId: 'c',
    clusterName: 'shop',
    state: 'running',
    plan: restorePlan,
    planHash: 'h',
    reason: 'orders was dropped',
    requestedBy: { id: 'ada', name: 'Ada' },
    requestedAt: at,
    startedAt: at,
    endedAt: null,
    outcome: null,
    result: null,
    steps: [],
    epoch: 1,
    question: null,
    decisions: [],
    executor: 'worker',
    ...change,
  }
}

/** A step of that name and state. */
export function stepOf(n: number, name: string, state: OperationStep['state']): OperationStep {
  const hasBegun = state !== 'pending' && state !== 'skipped'
  return {
    n,
    name,
    title: `Step ${name}`,
    state,
    startedAt: hasBegun ? at : null,
    endedAt: hasBegun && state !== 'running' ? later(1) : null,
    detail: null,
    output: [],
  }
}
