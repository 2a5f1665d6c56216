import { severities } from '#domain/alerts/incident-of.ts'
import { isFiring, pageOf, type Message, type Told } from './told.ts'
import { newsWords } from './told-words.ts'
import { shortened, withoutSecrets } from './without-secrets.ts'

/**
 * An event of PagerDuty's Events API v2 of all that is told at once of one key; null where that is nothing. The routing key is added by
 * whoever sends it. To a page that is open a further trigger adds what it says, and calls nobody again, though it be worse.
 */
export function pagerDutyPayload({ told, consoleUrl, now }: Message): Record<string, unknown> | null {
  const lead = told.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))[0]
  if (!lead) return null
  const { key, cluster, cause, member, subject, ruleId } = lead
  if (lead.news === 'acknowledged') return { event_action: 'acknowledge', dedup_key: key }
  // The last one was written down knowing of the others. How it was is not what there is to say of a cluster that was removed.
  const page = lead.news === 'removed' ? undefined : told.at(-1)?.page
  const { severity, sentence, alerts } = page ?? { ...lead, alerts: [] }
  const address = pageOf(lead, consoleUrl)
  return {
    event_action: isFiring(lead) ? 'trigger' : 'resolve',
    dedup_key: key,
    client: 'Matriarch',
    ...(address !== null && { client_url: address, links: [{ href: address, text: linkText(lead) }] }),
    payload: {
      summary: shortened(withoutSecrets(`${cluster}: ${sentence}`), longestSummary),
      source: member ?? (subject === '' ? cluster : subject),
      severity,
      timestamp: lead.since.toISOString(),
      component: member ?? cluster,
      group: cluster,
      class: cause,
      custom_details: {
        rule: ruleId,
        subject,
        news: newsWords(lead, now),
        ...(alerts.length > 0 && { alerts }),
        ...(lead.incident !== null && { incident: lead.incident }),
        ...(lead.peak !== null && { peak: lead.peak }),
        ...(lead.labels.length > 0 && { labels: lead.labels.join(', ') }),
      },
    },
  }
}

const longestSummary = 1_024

function linkText({ incident, cluster }: Told): string {
  return incident === null ? `Open ${cluster}` : `Open incident ${incident}`
}
