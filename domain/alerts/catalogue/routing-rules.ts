import type { AlertRule } from '#domain/alerts/rule.ts'
import { madeRule, minute } from './made-rule.ts'

const ofHaproxy = { scope: 'cluster', cause: 'routing' } as const
const runbook = 'writes-astray'

/** Where HAProxy sends clients. */
export const routingRules: readonly AlertRule[] = [
  madeRule({
    ...ofHaproxy,
    id: 'haproxy-no-primary',
    title: 'HAProxy sends writes to nobody',
    expression: 'haproxyPrimaryServers == 0',
    forSeconds: 30,
    severity: 'critical',
    summary: 'No server of HAProxy is up for writes.',
    runbook,
  }),
  madeRule({
    ...ofHaproxy,
    id: 'haproxy-two-primaries',
    title: 'HAProxy sends writes to several',
    expression: 'haproxyPrimaryServers > 1',
    forSeconds: 30,
    severity: 'critical',
    summary: '{haproxyPrimaryServers} servers of HAProxy are up for writes.',
    runbook,
  }),
  madeRule({
    ...ofHaproxy,
    id: 'haproxy-disagrees',
    title: 'HAProxy sends writes to another',
    expression: 'haproxyPrimaryServers == 1 and not haproxyIsRight',
    forSeconds: 30,
    severity: 'critical',
    summary: 'HAProxy sends writes to a member that does not lead.',
    runbook,
  }),
  madeRule({
    ...ofHaproxy,
    id: 'haproxy-no-replica',
    title: 'HAProxy sends reads to nobody',
    expression: 'haproxyReplicaServers == 0 and membersKnown > 1',
    forSeconds: 2 * minute,
    severity: 'warning',
    summary: 'No server of HAProxy is up for reads.',
    runbook,
  }),
  madeRule({
    ...ofHaproxy,
    id: 'haproxy-queue',
    title: 'Clients queue at HAProxy',
    expression: 'haproxyQueued > $sessions',
    parameters: { sessions: { value: 0, unit: 'count', title: 'more than' } },
    forSeconds: 2 * minute,
    severity: 'warning',
    summary: '{haproxyQueued} sessions wait at HAProxy for a server to have room.',
    runbook,
  }),
]
