import { z } from 'zod'
import type { Alert, Incident, Silence } from '#domain/alerts/alert.ts'
import type { AlertRule } from '#domain/alerts/rule.ts'
import type { RuleTrial } from '#server/alerts/try-rule.ts'
import type { ShownIncident, ListedIncidents } from '../../alerts/incidents.ts'
import type { ListedAlerts } from '../../alerts/list.ts'
import type { ShownRule } from '../../alerts/rules.ts'

const text = z.string()
const textOrNull = text.nullable()
const moment = z.date()
const momentOrNull = moment.nullable()
const severity = z.enum(['critical', 'warning', 'info'])
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

const alert: z.ZodType<Alert> = z.object({
  id: text,
  clusterId: text,
  clusterName: text,
  ruleId: text,
  title: text,
  subject: text,
  member: textOrNull,
  severity,
  cause,
  state: z.enum(['pending', 'firing', 'resolved']),
  summary: text,
  since: moment,
  firedAt: momentOrNull,
  heldAt: moment,
  resolvedAt: momentOrNull,
  unknownSince: momentOrNull,
  quietSince: momentOrNull,
  facts: z.record(text, z.union([z.number(), text, z.boolean()]).nullable()),
  incidentId: textOrNull,
  explainedBy: textOrNull,
  isFlapping: z.boolean(),
})

export const silence: z.ZodType<Silence> = z.object({
  id: text,
  clusterId: textOrNull,
  ruleId: textOrNull,
  subject: textOrNull,
  reason: text,
  createdBy: text,
  createdAt: moment,
  endsAt: moment,
})

export const alerts: z.ZodType<ListedAlerts> = z.object({
  alerts: z.array(alert),
  silences: z.array(silence),
  muted: z.array(z.object({ clusterId: text, until: moment, owner: text, reason: text })),
  standingStill: z.array(z.object({ cluster: text, evaluatedAt: momentOrNull })),
  serverNow: moment,
})

const rule: z.ZodType<AlertRule> = z.object({
  id: text,
  title: text,
  scope: z.enum(['cluster', 'member', 'pool', 'slot', 'database', 'etcd-member', 'repository', 'console']),
  expression: text,
  parameters: z.record(text, z.object({ value: z.number(), unit: text, title: text })),
  forSeconds: z.number(),
  keepFiringSeconds: z.number(),
  severity,
  labels: z.record(text, text),
  summary: text,
  runbook: textOrNull,
  cause,
})

export const rules: z.ZodType<ShownRule[]> = z.array(
  z.object({
    rule,
    override: z
      .object({
        ruleId: text,
        isEnabled: z.boolean().exactOptional(),
        parameters: z.record(text, z.number()).exactOptional(),
        forSeconds: z.number().exactOptional(),
        keepFiringSeconds: z.number().exactOptional(),
        severity: severity.exactOptional(),
      })
      .nullable(),
    setBy: textOrNull,
    setAt: momentOrNull,
    untriable: textOrNull,
  }),
)

export const ruleTrial: z.ZodType<RuleTrial> = z.object({
  sentence: text,
  isTried: z.boolean(),
  from: momentOrNull,
  to: momentOrNull,
  firings: z.array(z.object({ subject: text, firedAt: moment, resolvedAt: momentOrNull })),
})

const incidentFields = {
  id: text,
  number: z.int(),
  clusterId: text,
  clusterName: text,
  cause,
  severity,
  sentence: text,
  openedAt: moment,
  closedAt: momentOrNull,
  acknowledgedAt: momentOrNull,
  acknowledgedBy: textOrNull,
  mergedInto: z.int().nullable(),
} satisfies Record<keyof Incident, z.ZodType>

export const incidentPage: z.ZodType<ListedIncidents> = z.object({
  incidents: z.array(z.object({ ...incidentFields, firing: z.int(), alerts: z.int() })),
  nextBefore: z.int().nullable(),
})

export const incident: z.ZodType<ShownIncident> = z.object({
  incident: z.object(incidentFields),
  alerts: z.array(alert),
  timeline: z.array(
    z.object({
      at: moment,
      kind: z.enum(['alert', 'event', 'operation', 'note', 'incident', 'log']),
      severity,
      sentence: text,
      operationId: textOrNull,
      log: z.object({ node: text, program: z.enum(['patroni', 'postgres']), level: text, times: z.int() }).nullable(),
    }),
  ),
  notes: z.array(z.object({ text, writtenBy: text, writtenAt: moment })),
  runbooks: z.array(text),
  logs: z.object({ isAllowed: z.boolean(), nodes: z.array(text) }),
  serverNow: moment,
})
