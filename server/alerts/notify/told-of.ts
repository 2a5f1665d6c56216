import { ruleOf } from '#domain/alerts/catalogue/catalogue.ts'
import { sentenceOf, severities, tellIncident } from '#domain/alerts/incident-of.ts'
import { peakWords, type Peak } from '#domain/alerts/notify/peak-of.ts'
import type { PageFollow } from '#domain/alerts/notify/plan-pages.ts'
import type { Planned } from '#domain/alerts/notify/plan-tellings.ts'
import { dedupKey, type Told, type ToldPage } from '#domain/alerts/notify/told.ts'
import { removedSentence } from '#domain/alerts/notify/told-words.ts'
import { withoutSecrets } from '#domain/alerts/notify/without-secrets.ts'
import type { FollowingNotification, NewNotification } from '#server/store/notifications/outbox.ts'
import type { ToldAlert } from '#server/store/notifications/standings.ts'

/** Something to tell of an alert. */
export interface PlannedOf {
  one: Planned
  each: ToldAlert
  peak: Peak | null
}

/** What is to be told of an alert, as it is written down. */
export function newOf(
  { one, each, peak }: PlannedOf,
  paged: Partial<Pick<Told, 'key' | 'page'>> = {},
): NewNotification {
  const { alert, incident } = each
  const { channelId, kind, news, waitMs } = one
  return {
    channelId,
    incidentId: alert.incidentId,
    kind,
    waitMs,
    told: {
      ...toldOf(each),
      ...paged,
      news,
      incident: incident?.number ?? null,
      acknowledgedBy: incident?.acknowledgedBy ?? null,
      peak: peak === null ? null : peakWords(alert.ruleId, peak),
    },
  }
}

function toldOf({ alert, labels, isRemoved }: ToldAlert): Omit<Told, 'news' | 'incident' | 'acknowledgedBy' | 'peak'> {
  const { id, ruleId, title, subject, member, clusterId, clusterName, cause, severity, since, resolvedAt } = alert
  const sentence = withoutSecrets(sentenceOf(alert))
  return {
    key: dedupKey(alert),
    alertId: id,
    ruleId,
    title,
    subject,
    member,
    clusterId,
    cluster: clusterName,
    labels,
    cause,
    severity,
    sentence: isRemoved ? removedSentence(sentence) : sentence,
    since,
    resolvedAt,
    runbook: ruleOf(ruleId)?.runbook ?? null,
  }
}

/** What is new of a page that an incident goes on in, or that ends, as it is written down. */
export function followingOf(
  { after, kind, isTakenUp }: PageFollow,
  { alert, incident, isRemoved }: ToldAlert,
  now: Date,
): FollowingNotification {
  const number = incident?.number ?? null
  const of = { after, kind, incidentId: alert.incidentId }
  if (kind === 'acknowledge')
    return {
      ...of,
      change: { incident: number, news: 'acknowledged', acknowledgedBy: incident?.acknowledgedBy ?? null },
    }
  const ended = { incident: number, resolvedAt: now }
  if (isRemoved) return { ...of, change: { ...ended, news: 'removed', sentence: removedSentence(null) } }
  return { ...of, change: { ...ended, news: 'ended', ...(isTakenUp && { sentence: takenUpSentence(number) }) } }
}

function takenUpSentence(incident: number | null): string {
  return incident === null ? 'Another page tells of it.' : `It goes on in the page of incident ${incident}.`
}

/** All of an incident that fires and was told on a channel, as one. */
export function pageOf(group: readonly ToldAlert[], told: ReadonlySet<string>, now: Date): ToldPage | undefined {
  const firing = group.map(({ alert }) => alert).filter(({ id, state }) => state === 'firing' && told.has(id))
  const incident = tellIncident(firing, now)
  if (incident === null) return undefined
  const worstFirst = firing.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
  return {
    severity: incident.severity,
    sentence: withoutSecrets(incident.sentence),
    alerts: worstFirst.slice(0, mostInPage).map((alert) => withoutSecrets(sentenceOf(alert), 300)),
  }
}

const mostInPage = 20
