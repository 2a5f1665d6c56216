import type { AlertRule } from '#domain/alerts/rule.ts'
import { madeRule, minute } from './made-rule.ts'

const ofPool = { scope: 'pool', cause: 'pooling' } as const
const ofMember = { scope: 'member', cause: 'pooling' } as const
const runbook = 'pool-full'

/** Whether clients get a server from pgBouncer. */
export const poolingRules: readonly AlertRule[] = [
  madeRule({
    ...ofPool,
    id: 'pool-exhausted',
    title: 'Pool nearly used up',
    // In session mode a server belongs to its client for as long as that stays: then only waiting tells.
    expression: 'busy > $use and (mode != "session" or clientsWaiting > 0)',
    parameters: { use: { value: 0.9, unit: 'ratio', title: 'in use, more than' } },
    forSeconds: 2 * minute,
    severity: 'critical',
    summary: '{busy} of the pool is in use; clients that wait: {clientsWaiting}.',
    runbook,
  }),
  madeRule({
    ...ofPool,
    id: 'pool-waiting',
    title: 'Clients wait for a server',
    expression: 'maxWaitSeconds > $seconds',
    parameters: { seconds: { value: 5, unit: 'seconds', title: 'for more than' } },
    forSeconds: minute,
    severity: 'warning',
    summary: 'Clients that wait for a server: {clientsWaiting}, the first for {maxWaitSeconds}.',
    runbook,
  }),
  madeRule({
    ...ofPool,
    id: 'pool-waiting-long',
    title: 'Clients wait long for a server',
    expression: 'maxWaitSeconds > $seconds',
    parameters: { seconds: { value: 30, unit: 'seconds', title: 'for more than' } },
    forSeconds: 30,
    severity: 'critical',
    summary: 'Clients that wait for a server: {clientsWaiting}, the first for {maxWaitSeconds}.',
    runbook,
  }),
  madeRule({
    ...ofPool,
    id: 'pool-database-limit',
    title: 'Limit of a pooled database near',
    expression: 'databaseUse > $use',
    parameters: { use: { value: 0.9, unit: 'ratio', title: 'of max_db_connections, more than' } },
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: 'All pools of its database together use {databaseUse} of what it may open.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'pooler-down',
    title: 'Pooler does not answer',
    expression: 'not poolerAnswers',
    forSeconds: minute,
    severity: 'critical',
    summary: 'pgBouncer there does not answer, though Patroni beside it does.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'pooler-clients',
    title: 'Pooler nearly full of clients',
    expression: 'poolClientUse > $use',
    parameters: { use: { value: 0.8, unit: 'ratio', title: 'of max_client_conn, more than' } },
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: '{poolClientUse} of the clients that pgBouncer takes are there; more are turned away.',
    runbook,
  }),
  madeRule({
    ...ofMember,
    id: 'pooler-paused',
    title: 'Pooler paused',
    expression: 'isPoolerPaused',
    forSeconds: 2 * minute,
    keepFiringSeconds: 30,
    severity: 'critical',
    summary: 'pgBouncer there is paused: its clients hang.',
    runbook,
  }),
  // Apart, for a pgBouncer that does not tell the one would keep the other from ever ending.
  madeRule({
    ...ofMember,
    id: 'pooler-database-paused',
    title: 'Database of a pooler paused',
    expression: 'hasPausedDatabase',
    forSeconds: 2 * minute,
    keepFiringSeconds: 30,
    severity: 'critical',
    summary: 'A database of pgBouncer there is paused: its clients hang.',
    runbook,
  }),
]
