import type { RestorePlan } from '#domain/restore-plan.ts'

/** A plan to recover a cluster of three to a moment. */
export function restorePlan(changes: Partial<RestorePlan> = {}): RestorePlan {
  return {
    version: 1,
    kind: 'restore',
    clusterId: 'c0a80101-0000-4000-8000-000000000001',
    clusterName: 'demo',
    leader: 'pg-node-1',
    timeline: 4,
    systemIdentifier: '7711258502852368380',
    node: 'pg-node-1',
    nodeReason: 'pg-node-1 leads.',
    replicas: ['pg-node-2', 'pg-node-3'],
    stanza: 'main',
    repository: 1,
    target: { type: 'time', at: new Date('2026-11-25T14:00:00Z'), timeline: null },
    targetWords: '2026-11-25 14:00:00.000 UTC',
    set: '20261125-120000F',
    targetTimeline: 4,
    choiceReason: 'Newest backup before it.',
    check: null,
    commitsAlone: false,
    clientsBack: 'writable',
    wayBack: 'aside',
    loss: { fromAt: null, toAt: new Date('2026-11-25T14:30:00Z'), walBytes: null },
    space: { neededBytes: null, freeBytes: null },
    expectedMs: null,
    snapshotVersion: 1,
    madeAt: new Date('2026-11-25T14:30:00Z'),
    sentences: [],
    blockers: [],
    nearestAt: null,
    warnings: [],
    pointOfNoReturn: 'When Postgres is restarted to serve clients.',
    ...changes,
  }
}
