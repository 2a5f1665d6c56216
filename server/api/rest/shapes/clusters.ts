import { z } from 'zod'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { Candidate } from '#domain/judgement/candidate.ts'
import type { ClusterConfig, ClusterEndpoints, Discovery } from '#domain/fleet/cluster.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import type { Forecast } from '#domain/judgement/forecast.ts'
import { verdictOrder } from '#domain/judgement/verdict.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import type { presentCluster, presentFleet } from '../present.ts'
import { operationKind } from './operation-kind.ts'

const text = z.string()
const textOrNull = text.nullable()
const wholeOrNull = z.int().nullable()
const verdict = z.enum(verdictOrder)

export const candidate: z.ZodType<Omit<Candidate, 'code'>> = z.object({
  name: text,
  isFit: z.boolean(),
  rank: wholeOrNull,
  lagBytes: wholeOrNull,
  reason: text,
})

const endpoints: z.ZodType<ClusterEndpoints> = z.object({
  patroniUrls: z.array(text),
  patroniUser: textOrNull,
  hasPatroniPassword: z.boolean(),
  caPem: textOrNull,
  etcdUrls: z.array(text),
  etcdUser: textOrNull,
  hasEtcdPassword: z.boolean(),
  etcdNamespace: text,
  haproxyUrl: textOrNull,
  haproxyUser: textOrNull,
  hasHaproxyPassword: z.boolean(),
  postgresUser: textOrNull,
  hasPostgresPassword: z.boolean(),
  postgresDatabase: text,
  poolerPort: wholeOrNull,
})

export const clusterConfig: z.ZodType<ClusterConfig> = z.object({
  id: text,
  name: text,
  labels: z.array(text),
  scope: textOrNull,
  systemIdentifier: textOrNull,
  endpoints,
  createdAt: z.date(),
})

const activeOperation: z.ZodType<NonNullable<FleetRow['activeOperation']>> = z.object({
  id: text,
  kind: operationKind,
  requestedBy: text,
  since: z.date(),
})

export const fleet: z.ZodType<ReturnType<typeof presentFleet>> = z.array(
  z.object({
    id: text,
    name: text,
    labels: z.array(text),
    verdict,
    sentence: text,
    leader: textOrNull,
    members: z.array(z.object({ name: text, role: text, isFine: z.boolean() })),
    worstLagBytes: wholeOrNull,
    lastBackup: z.object({ at: z.date().nullable(), overdue: z.enum(['critical', 'warning']).nullable() }).nullable(),
    seenAt: z.date().nullable(),
    activeOperation: activeOperation.nullable(),
    alerts: z.object({
      critical: z.int(),
      warning: z.int(),
      coming: z.object({ sentence: text, since: z.date() }).nullable(),
    }),
    incidents: z.object({
      open: z.int(),
      critical: z.int(),
      worst: z
        .object({
          number: z.int(),
          severity: z.enum(['critical', 'warning', 'info']),
          sentence: text,
          acknowledgedBy: textOrNull,
        })
        .nullable(),
    }),
  }),
)

const forecast: z.ZodType<Omit<Forecast, 'candidates'>> = z.object({
  nextLeader: textOrNull,
  outcome: z.enum(['takeover', 'nobody', 'unsure', 'no-leader-now', 'paused']),
  lostBytes: wholeOrNull,
  outageSeconds: z.object({ from: z.number(), to: z.number() }).nullable(),
  sentence: text,
  candidates: z.array(candidate),
  allowedLagBytes: wholeOrNull,
  quorum: z.object({ up: z.int(), of: z.int() }).nullable(),
})

const finding: z.ZodType<Omit<Finding, 'kind'>> = z.object({
  kind: text,
  severity: z.enum(['critical', 'warning', 'info']),
  member: textOrNull,
  sentence: text,
  advice: text,
})

const backupFinding: z.ZodType<Omit<BackupFinding, 'kind'>> = z.object({
  kind: text,
  severity: z.enum(['critical', 'warning', 'info']),
  repository: wholeOrNull,
  backup: textOrNull,
  sentence: text,
  advice: text,
})

type Told = Omit<
  ReturnType<typeof presentCluster>,
  'forecast' | 'findings' | 'backupFinding' | 'activeOperation' | 'members'
>

export const cluster: z.ZodType<Told> = z.object({
  id: text,
  name: text,
  verdict,
  sentence: text,
  leader: textOrNull,
  members: z.array(
    z.object({
      name: text,
      role: text,
      state: text,
      timeline: wholeOrNull,
      lagBytes: wholeOrNull,
      observedAt: z.date().nullable(),
      host: textOrNull,
      problem: textOrNull,
    }),
  ),
  forecast: forecast.nullable(),
  findings: z.array(finding),
  backupFinding: backupFinding.nullable(),
  labels: z.array(text),
  scope: textOrNull,
  systemIdentifier: textOrNull,
  seenAt: z.date().nullable(),
  pause: z.object({ since: z.date() }).nullable(),
  scheduledSwitchover: z.object({ at: z.date(), from: textOrNull, to: textOrNull }).nullable(),
  activeOperation: z.object({ id: text, kind: text, state: text }).nullable(),
  endpoints,
})

export const discovery: z.ZodType<Omit<Discovery, 'errors'>> = z.object({
  errors: z.array(z.object({ field: text, sentence: text })),
  scope: textOrNull,
  systemIdentifier: textOrNull,
  isStandbyCluster: z.boolean(),
  patroniVersion: textOrNull,
  members: z.array(z.object({ name: text, apiUrl: text, role: text, state: text, problem: textOrNull })),
  endpoints: z.array(
    z.object({
      system: z.enum(['patroni', 'etcd', 'haproxy', 'postgres', 'pooler']),
      address: text,
      problem: textOrNull,
      detail: text,
    }),
  ),
})
