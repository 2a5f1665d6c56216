import type { AlertRule } from '../rule.ts'
import { madeRule, minute } from './made-rule.ts'

const ofEtcd = { scope: 'cluster', cause: 'consensus' } as const
const ofEtcdMember = { scope: 'etcd-member', cause: 'consensus' } as const

/** Whether etcd lets Patroni lead. */
export const consensusRules: readonly AlertRule[] = [
  madeRule({
    ...ofEtcd,
    id: 'etcd-no-quorum',
    title: 'etcd has no quorum',
    expression: 'not etcdHasQuorum',
    forSeconds: minute,
    severity: 'critical',
    summary:
      'etcd has no quorum ({etcdMembersUp} of {etcdMembersKnown} answer): nobody can be elected, and the leader must step down.',
  }),
  madeRule({
    ...ofEtcd,
    id: 'etcd-no-space',
    title: 'etcd takes no writes',
    expression: 'etcdHasNoSpace',
    forSeconds: 0,
    severity: 'critical',
    summary: 'etcd raises NOSPACE and takes no writes: the leader cannot renew its lease.',
  }),
  madeRule({
    ...ofEtcd,
    id: 'etcd-alarm',
    title: 'etcd raises an alarm',
    expression: 'etcdIsCorrupt',
    forSeconds: 0,
    severity: 'critical',
    summary: 'etcd raises an alarm such as CORRUPT: its members may not agree on who leads.',
  }),
  madeRule({
    ...ofEtcdMember,
    id: 'etcd-member-down',
    title: 'etcd member does not answer',
    expression: 'not answers and not isUnstarted',
    forSeconds: 3 * minute,
    severity: 'warning',
    summary: 'It does not answer, though others do.',
  }),
  madeRule({
    ...ofEtcd,
    id: 'etcd-elections',
    title: 'etcd elects again and again',
    expression: 'etcdTermChanges >= $changes',
    parameters: { changes: { value: 4, unit: 'count', title: 'elections within 15 minutes, at least' } },
    forSeconds: 0,
    keepFiringSeconds: 5 * minute,
    severity: 'warning',
    summary: 'etcd held {etcdTermChanges} elections within 15 minutes: look at its disks and network.',
  }),
  madeRule({
    ...ofEtcdMember,
    id: 'etcd-nearly-full',
    title: 'etcd is nearly full',
    expression: 'dbUse > $use',
    parameters: { use: { value: 0.8, unit: 'ratio', title: 'of its quota, more than' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    cause: 'capacity',
    summary: 'It uses {dbUse} of its quota; at all of it etcd takes no more writes.',
  }),
  madeRule({
    ...ofEtcd,
    id: 'etcd-slow',
    title: 'etcd answers slowly',
    expression: 'etcdAnswerMs > $milliseconds',
    parameters: { milliseconds: { value: 500, unit: 'ms', title: 'slower than' } },
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'The slowest member of etcd takes {etcdAnswerMs} to answer.',
  }),
  madeRule({
    id: 'dcs-silent',
    title: 'Patroni does not see the DCS',
    scope: 'member',
    cause: 'consensus',
    expression: 'dcsSilentSeconds > $seconds',
    parameters: { seconds: { value: 60, unit: 'seconds', title: 'for more than' } },
    forSeconds: minute,
    severity: 'critical',
    summary: 'Its Patroni last saw the DCS {dcsSilentSeconds} ago.',
  }),
  madeRule({
    ...ofEtcd,
    id: 'failsafe-active',
    title: 'Failsafe mode',
    expression: 'isFailsafeActive',
    forSeconds: 0,
    severity: 'critical',
    summary: 'The members cannot reach the DCS and go on in failsafe mode: one silent member ends all writes.',
  }),
]
