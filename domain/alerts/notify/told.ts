import type { AlertCause, AlertSeverity } from '#domain/alerts/rule.ts'

/** What a notification tells of one alert, as it was when it was written down. */
export interface Told {
  /** The same for all that is ever told of one rule and subject; to a channel that keeps pages, of one incident. */
  key: string
  alertId: string
  ruleId: string
  title: string
  subject: string
  member: string | null
  clusterId: string
  cluster: string
  labels: string[]
  cause: AlertCause
  severity: AlertSeverity
  sentence: string
  news: News
  since: Date
  resolvedAt: Date | null
  /** Number of its incident; null = none. */
  incident: number | null
  acknowledgedBy: string | null
  /** Path below docs/runbooks, without its ending; null = none. */
  runbook: string | null
  /** How far it went: `replay behind the leader: 5 min at worst`; null = it is no matter of an amount. */
  peak: string | null
  /** Absent = what it belongs to is told by itself. */
  page?: ToldPage | undefined
}

/** What a page of an incident is told as: all that fires of it and was told on the channel. */
export interface ToldPage {
  severity: AlertSeverity
  sentence: string
  /** A sentence each, the worst first; at most 20. */
  alerts: string[]
}

/** Why it is told now. `escalated` = nobody answered; `again` = it goes on; `removed` = its cluster was, and nobody sees any more whether it goes on. */
export type News = 'began' | 'worsened' | 'escalated' | 'again' | 'acknowledged' | 'ended' | 'removed' | 'test'

/** What one message tells, and what it links to. */
export interface Message {
  told: readonly Told[]
  /** With an end: what else the receiver was told of the cluster and fires on, where it takes a cluster as one group. */
  goesOn?: readonly Told[]
  /** Address of the console; null = nobody said it: then there are no links. */
  consoleUrl: string | null
  now: Date
}

/** True for what goes on. */
export function isFiring({ news }: Told): boolean {
  return news !== 'ended' && news !== 'removed'
}

/** The page that a message about an alert leads to; null without an address of the console, or where there is none any more. */
export function pageOf({ cluster, incident, news }: Told, consoleUrl: string | null): string | null {
  if (consoleUrl === null || (incident === null && news === 'removed')) return null
  const base = consoleUrl.replace(/\/+$/, '')
  return incident === null ? `${base}/clusters/${encodeURIComponent(cluster)}` : `${base}/incidents/${incident}`
}

/** Longest key that receivers take. */
const longestKey = 255

/** One key of one rule and subject, whatever its value, its time or who leads; too long ones end in their hash. */
export function dedupKey({
  clusterId,
  ruleId,
  subject,
}: {
  clusterId: string
  ruleId: string
  subject: string
}): string {
  const key = `matriarch:${clusterId}:${ruleId}:${subject}`
  return key.length <= longestKey ? key : `matriarch:${clusterId}:${ruleId}:${fingerprint(subject)}`
}

/** One key of one incident. */
export function incidentKey(clusterId: string, number: number): string {
  return `matriarch:${clusterId}:incident:${number}`
}

/** 16 hexadecimal digits of a text: FNV-1a, 64 bit. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
