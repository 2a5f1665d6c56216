import type { AlertRule } from '../rule.ts'
import { madeRule, minute } from './made-rule.ts'

const ofConsole = { scope: 'console', cause: 'console' } as const

/** What the console cannot see: it never says that what it does not see is down. */
export const consoleRules: readonly AlertRule[] = [
  madeRule({
    ...ofConsole,
    id: 'console-blind',
    title: 'The console sees nothing',
    expression: 'sight == "blind" or sight == "stale"',
    forSeconds: minute,
    severity: 'critical',
    summary: 'The console reaches neither etcd nor any member: how the cluster is, it cannot say.',
  }),
  madeRule({
    ...ofConsole,
    id: 'lead-unseen',
    title: 'Who leads cannot be seen',
    expression: 'sight == "partial"',
    forSeconds: 2 * minute,
    severity: 'warning',
    summary: 'Some members answer, but none of them and no etcd can say who leads.',
  }),
  madeRule({
    ...ofConsole,
    id: 'etcd-unseen',
    title: 'etcd cannot be seen',
    expression: 'isEtcdUnseen',
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: 'The console does not reach etcd: what it shows is the word of the members.',
  }),
  madeRule({
    ...ofConsole,
    id: 'haproxy-unseen',
    title: 'HAProxy cannot be seen',
    expression: 'isHaproxyUnseen',
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: "HAProxy's statistics do not answer: where clients are sent cannot be seen.",
  }),
  madeRule({
    ...ofConsole,
    id: 'statistics-unseen',
    title: 'Statistics cannot be read',
    expression: 'statisticsUnseen > 0',
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'Postgres of {statisticsUnseen} members gives the console no statistics: no alert on them can fire.',
  }),
  madeRule({
    ...ofConsole,
    id: 'poolers-unseen',
    title: 'Poolers cannot be read',
    expression: 'poolersUnseen > 0',
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: '{poolersUnseen} poolers give the console no statistics: no alert on their pools can fire.',
  }),
  madeRule({
    ...ofConsole,
    id: 'backups-unseen',
    title: 'Backups cannot be seen',
    expression: 'areBackupsUnseen',
    forSeconds: 10 * minute,
    severity: 'warning',
    summary: 'Nobody has told of the backups lately.',
  }),
  madeRule({
    ...ofConsole,
    id: 'alerts-unknown',
    title: 'Whether alerts still hold is not known',
    expression: 'unknownSeconds > $seconds',
    parameters: { seconds: { value: 300, unit: 'seconds', title: 'for more than' } },
    forSeconds: 0,
    severity: 'warning',
    summary: 'For {unknownSeconds} nobody can tell whether a firing alert still holds.',
  }),
  madeRule({
    ...ofConsole,
    id: 'notifications-undelivered',
    title: 'Notifications do not arrive',
    expression: 'deadNotifications > 0 or notificationWaitSeconds > $seconds',
    parameters: { seconds: { value: 600, unit: 'seconds', title: 'longest wait over' } },
    forSeconds: 0,
    severity: 'warning',
    summary:
      '{deadNotifications} notifications were given up within a day on channels that delivered nothing since; the longest wait for a channel is {notificationWaitSeconds}.',
  }),
  madeRule({
    ...ofConsole,
    id: 'approval-wanted',
    title: 'Somebody waits for approval',
    expression: 'approvalsWaiting > 0',
    forSeconds: 0,
    severity: 'info',
    summary: '{approvalsWaiting} requests wait for approval: see Approvals in the menu.',
  }),
  madeRule({
    ...ofConsole,
    id: 'glass-broken',
    title: 'Somebody acted alone',
    expression: 'glassBroken > 0',
    forSeconds: 0,
    severity: 'critical',
    summary: '{glassBroken} operations of the last day were run by one person alone where a policy asks for two.',
  }),
]

/** Found by every worker of a cluster whose alerts nobody looks at; the alert engine itself could not. */
export const standStill: AlertRule = madeRule({
  ...ofConsole,
  id: 'alerts-stand-still',
  title: 'The alert pipeline stands still',
  expression: 'unknownSeconds > $seconds',
  parameters: { seconds: { value: 60, unit: 'seconds', title: 'for more than' } },
  forSeconds: 0,
  severity: 'critical',
  summary: 'No worker has looked at the alerts of this cluster for {unknownSeconds}: none can fire.',
})
