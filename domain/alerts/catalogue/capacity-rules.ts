import type { AlertRule } from '#domain/alerts/rule.ts'
import { hour, madeRule, minute } from './made-rule.ts'

const ofMember = { scope: 'member', cause: 'capacity' } as const
const ofCluster = { scope: 'cluster', cause: 'capacity' } as const
const runbook = 'room-runs-out'

/** What runs out: connections, disks, transaction ids. */
export const capacityRules: readonly AlertRule[] = [
  madeRule({
    ...ofMember,
    id: 'connections-high',
    title: 'Many connections',
    expression: 'connectionUse > $use',
    parameters: { use: { value: 0.8, unit: 'ratio', title: 'of max_connections, more than' } },
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: '{connectionUse} of the connections that Postgres takes are in use.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'connections-exhausted',
    title: 'Connections nearly used up',
    expression: 'connectionUse > $use',
    parameters: { use: { value: 0.95, unit: 'ratio', title: 'of max_connections, more than' } },
    forSeconds: 2 * minute,
    severity: 'critical',
    summary: '{connectionUse} of the connections that Postgres takes are in use; the next are turned away.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'wal-folder-large',
    title: 'pg_wal is large',
    expression: 'walFolderBytes > $bytes',
    parameters: { bytes: { value: 53_687_091_200, unit: 'bytes', title: 'larger than' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'pg_wal takes {walFolderBytes}: a slot, the archiver or wal_keep_size holds it.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'disk-low',
    title: 'Little room beside the data',
    expression: 'dataFreeBytes < $bytes',
    parameters: { bytes: { value: 5_368_709_120, unit: 'bytes', title: 'less than' } },
    forSeconds: 10 * minute,
    severity: 'critical',
    summary: 'Only {dataFreeBytes} are free beside the data: Postgres stops when nothing is left.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'disk-filling',
    title: 'Disk fills',
    expression: 'dataFullSeconds < $seconds',
    parameters: { seconds: { value: 4 * hour, unit: 'seconds', title: 'full within' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'As it fills now, the disk of the data is full in {dataFullSeconds}; {dataFreeBytes} are free.',
    runbook,
  }),
  madeRule({
    ...ofCluster,
    id: 'wraparound',
    title: 'Transaction ids age',
    expression: 'leaderXidAge > $age',
    parameters: { age: { value: 500_000_000, unit: 'transactions', title: 'older than' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'The oldest transaction id is {leaderXidAge} old: see what keeps vacuum from freezing.',
    runbook,
  }),
  madeRule({
    ...ofCluster,
    id: 'wraparound-near',
    title: 'Wraparound is near',
    expression: 'leaderXidAge > $age or leaderMxidAge > $age',
    parameters: { age: { value: 1_000_000_000, unit: 'transactions', title: 'older than' } },
    forSeconds: 10 * minute,
    severity: 'critical',
    summary: 'The oldest transaction id is {leaderXidAge} old; at two thousand million Postgres takes no more writes.',
    runbook,
  }),
]
