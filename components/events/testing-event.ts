import type { StoredEvent } from '#domain/event.ts'

let lastId = 0

/** An event for tests, changed as given; ids grow. */
export function eventOf(change: Partial<StoredEvent> = {}): StoredEvent {
  lastId += 1
  return {
    id: lastId,
    clusterId: 'c1',
    clusterName: 'billing',
    kind: 'leader-changed',
    at: new Date('2026-11-23T10:00:00Z'),
    member: 'pg-node-1',
    severity: 'warning',
    sentence: 'pg-node-1 took the lead from pg-node-3.',
    from: 'pg-node-3',
    to: 'pg-node-1',
    sources: ['etcd'],
    operationId: null,
    ...change,
  }
}
