import type { AgedRow } from '#domain/fleet/aged-row.ts'

/** A healthy cluster of three for tests, changed as given. */
export function rowOf(name: string, change: Partial<AgedRow> = {}): AgedRow {
  return {
    clusterId: `id of ${name}`,
    name,
    labels: [],
    level: 'healthy',
    sentence: 'pg-node-3 leads. Either replica could take over now with nothing lost.',
    leader: 'pg-node-3',
    members: ['pg-node-1', 'pg-node-2', 'pg-node-3'].map((member) => ({ name: member, role: 'replica', isFine: true })),
    worstLagBytes: 0,
    lastBackup: null,
    seenAt: new Date('2026-11-23T10:00:00Z'),
    activeOperation: null,
    alerts: { critical: 0, warning: 0, coming: null },
    incidents: { open: 0, critical: 0, worst: null },
    isCurrent: true,
    ...change,
  }
}
