import { formatDuration, formatInstant } from '#domain/format.ts'
import { facts, part, plainText, table } from '#domain/operation/report/markdown.ts'
import { capital } from '#domain/words.ts'
import type { Alert } from './alert.ts'
import type { IncidentStory } from './incident-timeline.ts'
import { timelineOf } from './incident-timeline.ts'
import { logsMarkdown } from './logs-markdown.ts'
import { tellFact } from './summary.ts'
import { definitionOf } from './facts/names.ts'
import { ruleOf } from './catalogue/catalogue.ts'

/** An incident as a page of Markdown to begin a post-mortem with; all times are UTC. */
export function incidentMarkdown(story: IncidentStory, now: Date): string {
  const { incident, alerts, notes } = story
  const { number, clusterName, cause, severity, sentence, openedAt, closedAt, acknowledgedAt, acknowledgedBy } =
    incident
  const lasted = formatDuration((closedAt ?? now).getTime() - openedAt.getTime())
  return [
    `# Incident ${number}: ${plainText(clusterName)}`,
    '',
    plainText(sentence),
    '',
    ...facts([
      ['Cluster', clusterName],
      ['Cause', cause],
      ['Severity', severity],
      ['Began', formatInstant(openedAt)],
      ['Ended', closedAt === null ? null : formatInstant(closedAt)],
      [closedAt === null ? 'Has lasted' : 'Lasted', lasted],
      ['Acknowledged', acknowledgedAt && `${formatInstant(acknowledgedAt)} by ${acknowledgedBy ?? 'somebody'}`],
      ['Part of', incident.mergedInto === null ? null : `incident ${incident.mergedInto}`],
    ]),
    ...part(
      'Alerts',
      table(
        ['fired', 'ended', 'severity', 'what', 'of', 'found by'],
        alerts.map((alert) => [
          alert.firedAt === null ? '' : formatInstant(alert.firedAt),
          alert.resolvedAt === null ? 'goes on' : formatInstant(alert.resolvedAt),
          alert.severity,
          alert.title,
          alert.subject,
          factsOf(alert),
        ]),
      ),
    ),
    ...part(
      'Timeline',
      table(
        ['when', 'what', 'told by'],
        timelineOf({ ...story, logs: story.logs && { ...story.logs, lines: [] } }).map(
          ({ at, sentence: told, kind }) => [formatInstant(at), told, kind],
        ),
      ),
    ),
    ...part('Logs', logsMarkdown(story.logs?.lines ?? [])),
    ...part(
      'Notes',
      notes.flatMap(({ text, writtenBy, writtenAt }) => [
        `**${plainText(writtenBy)}**, ${formatInstant(writtenAt)}:`,
        '',
        ...text.split('\n').map((line) => `> ${plainText(line)}`),
        '',
      ]),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

/** What the alert was last found by, each fact with its unit. */
function factsOf({ ruleId, facts: found }: Alert): string {
  const rule = ruleOf(ruleId)
  return Object.entries(found)
    .map(([name, value]) => {
      const definition = rule && definitionOf(rule.scope, name)
      return `${capital(definition?.title ?? name)}: ${tellFact(value, definition?.unit ?? 'name')}`
    })
    .join('; ')
}
