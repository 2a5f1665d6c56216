import { isFiring, pageOf, type Told } from './told.ts'
import { newsWords } from './told-words.ts'
import { shortened, withoutSecrets } from './without-secrets.ts'

/** An event of PagerDuty's Events API v2; the routing key is added by whoever sends it. */
export function pagerDutyPayload(told: Told, consoleUrl: string | null, now: Date): Record<string, unknown> {
  const { key, severity, cluster, cause, member, subject, ruleId } = told
  if (told.news === 'acknowledged') return { event_action: 'acknowledge', dedup_key: key }
  const page = pageOf(told, consoleUrl)
  return {
    event_action: isFiring(told) ? 'trigger' : 'resolve',
    dedup_key: key,
    client: 'Matriarch',
    ...(page !== null && { client_url: page, links: [{ href: page, text: linkText(told) }] }),
    payload: {
      summary: shortened(withoutSecrets(`${cluster}: ${told.sentence}`), longestSummary),
      source: member ?? (subject === '' ? cluster : subject),
      severity,
      timestamp: told.since.toISOString(),
      component: member ?? cluster,
      group: cluster,
      class: cause,
      custom_details: {
        rule: ruleId,
        subject,
        news: newsWords(told, now),
        ...(told.incident !== null && { incident: told.incident }),
        ...(told.peak !== null && { peak: told.peak }),
        ...(told.labels.length > 0 && { labels: told.labels.join(', ') }),
      },
    },
  }
}

const longestSummary = 1_024

function linkText({ incident, cluster }: Told): string {
  return incident === null ? `Open ${cluster}` : `Open incident ${incident}`
}
