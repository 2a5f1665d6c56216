import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { minute } from './backup-made.ts'
import { hour } from './restore-case.ts'

/** A plan to recover a cluster of three, `shop`, to a moment of the hour before. */
export function madeRestorePlan(change: Partial<RestorePlan> = {}): RestorePlan {
  return {
    version: 1,
    kind: 'restore',
    clusterId: 'c0a80101-0000-4000-8000-000000000001',
    clusterName: 'shop',
    leader: 'pg-node-3',
    timeline: 4,
    systemIdentifier: '7711258502852368380',
    node: 'pg-node-3',
    nodeReason: 'pg-node-3 leads, and its settings and room are those of a leader.',
    replicas: ['pg-node-1', 'pg-node-2'],
    stanza: 'main',
    repository: 1,
    target: { type: 'time', at: minute(33), timeline: null },
    targetWords: '2026-11-24 00:33:00.000 UTC',
    set: '20261124-000700F',
    targetTimeline: 4,
    choiceReason: 'Newest backup that ended before 2026-11-24 00:33:00 UTC; that moment lies on timeline 4.',
    check: 'select count(*) from orders',
    commitsAlone: false,
    clientsBack: 'writable',
    wayBack: 'aside',
    loss: { fromAt: minute(33), toAt: hour, walBytes: 34_000_000 },
    space: { neededBytes: 41_000_000_000, freeBytes: 90_000_000_000 },
    expectedMs: 372_000,
    snapshotVersion: 7,
    madeAt: hour,
    sentences: ['Clients are shut out.', 'pg-node-3 is restored.'],
    blockers: [],
    nearestAt: null,
    warnings: [],
    pointOfNoReturn: 'When the recovered leader is restarted to serve clients.',
    ...change,
  }
}
