import { z } from 'zod'
import type { Channel } from '#domain/alerts/notify/channel.ts'
import type { NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import { channelSettings } from '#server/store/notifications/channel-settings.ts'
import { hours, steps } from '#server/store/notifications/routes.ts'
import type { ChannelTest, ShownChannel } from '../../notifications/channels.ts'
import type { DeliveryLog } from '../../notifications/log.ts'
import type { ShownRoutes } from '../../notifications/routes.ts'

const text = z.string()
const textOrNull = text.nullable()
const moment = z.date()
const momentOrNull = moment.nullable()
const severity = z.enum(['critical', 'warning', 'info'])

const channelFields = {
  id: text,
  name: text,
  settings: channelSettings,
  sendsResolved: z.boolean(),
  isPaused: z.boolean(),
  hasSecret: z.boolean(),
} satisfies Record<keyof Channel, z.ZodType>

export const channel: z.ZodType<Channel> = z.object(channelFields)

export const channels: z.ZodType<ShownChannel[]> = z.array(
  z.object({ ...channelFields, beatAt: momentOrNull, beatProblem: textOrNull }),
)

export const channelTest: z.ZodType<ChannelTest> = z.object({ isAccepted: z.boolean(), answer: text })

export const shownRoutes: z.ZodType<ShownRoutes> = z.object({
  routes: z.array(
    z.object({
      id: text,
      severity,
      cluster: z.object({ id: text, name: text }).nullable(),
      label: textOrNull,
      hours: hours.nullable(),
      steps,
      repeatMinutes: z.int().nullable(),
      goesOn: z.boolean(),
      sentence: text,
    }),
  ),
  revision: text,
})

const cause = z.enum([
  'leadership',
  'member',
  'replication',
  'consensus',
  'routing',
  'pooling',
  'capacity',
  'workload',
  'backup',
  'console',
])

export const notification: z.ZodType<NotificationRow> = z.object({
  id: z.int(),
  channelId: text,
  channelName: text,
  channelKind: z.enum(['webhook', 'slack', 'pagerduty', 'email', 'heartbeat']),
  kind: z.enum(['trigger', 'acknowledge', 'resolve', 'test']),
  severity,
  state: z.enum(['waiting', 'sent', 'dead', 'dropped']),
  attempts: z.int(),
  createdAt: moment,
  nextAttemptAt: moment,
  attemptedAt: momentOrNull,
  sentAt: momentOrNull,
  response: textOrNull,
  problem: textOrNull,
  dismissedAt: momentOrNull,
  dismissedBy: textOrNull,
  told: z.object({
    key: text,
    alertId: text,
    ruleId: text,
    title: text,
    subject: text,
    member: textOrNull,
    clusterId: text,
    cluster: text,
    labels: z.array(text),
    cause,
    severity,
    sentence: text,
    news: z.enum(['began', 'worsened', 'escalated', 'again', 'acknowledged', 'ended', 'removed', 'test']),
    since: moment,
    resolvedAt: momentOrNull,
    incident: z.int().nullable(),
    acknowledgedBy: textOrNull,
    runbook: textOrNull,
    peak: textOrNull,
    page: z.object({ severity, sentence: text, alerts: z.array(text) }).optional(),
  }),
})

export const deliveryLog: z.ZodType<DeliveryLog> = z.object({
  notifications: z.array(notification),
  nextBefore: z.int().nullable(),
})
