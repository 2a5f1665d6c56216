import type { Command } from 'commander'
import type { Alert, Incident } from '#domain/alerts/alert.ts'
import type { TimelineEntry } from '#domain/alerts/incident-timeline.ts'
import { change, get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface IncidentShape {
  incident: Incident
  alerts: Alert[]
  timeline: TimelineEntry[]
  runbooks: string[]
}

interface ListOptions {
  cluster?: string
  open?: boolean
  limit: string
  json?: boolean
}

/** `incidents list|show|note`. */
export function addIncidentCommands(program: Command): void {
  const incidents = program.command('incidents').description('alerts of one cause, as people work on them')
  incidents
    .command('list')
    .description('incidents, newest first')
    .option('--cluster <cluster>', 'of one cluster')
    .option('--open', 'only those that are open')
    .option('--limit <number>', 'how many at most', '50')
    .option('--json', 'print an array of incidents')
    .action(async ({ json, open, cluster, limit }: ListOptions) => {
      const query = { cluster, limit, ...(open && { isOpen: 'true' }) }
      const { incidents: found } = await get<{ incidents: (Incident & { firing: number })[] }>('/incidents', query)
      if (json) return printJson(found)
      printTable(
        ['number', 'began', 'ended', 'severity', 'cluster', 'with', 'what'],
        found.map(({ number, openedAt, closedAt, severity, clusterName, acknowledgedBy, sentence }) => [
          String(number),
          moment(openedAt),
          closedAt === null ? 'open' : moment(closedAt),
          severity,
          clusterName,
          acknowledgedBy ?? '-',
          sentence,
        ]),
      )
    })
  incidents
    .command('show <number>')
    .description('one incident with all that happened around it')
    .option('--markdown', 'as Markdown, to begin a post-mortem with')
    .option('--json', 'print {incident, alerts, timeline, notes, runbooks}')
    .action(async (number: string, { markdown, json }: { markdown?: boolean; json?: boolean }) => {
      const path = `/incidents/${encodeURIComponent(number)}`
      if (markdown) {
        const report = await get<{ name: string; markdown: string }>(`${path}/report`)
        if (json) return printJson(report)
        return printLines(report.markdown.trimEnd().split('\n'))
      }
      const shown = await get<IncidentShape>(path)
      if (json) return printJson(shown)
      printIncident(shown)
    })
  incidents
    .command('note <number> <text>')
    .description('write a note on an incident')
    .option('--json', 'print the incident')
    .action(async (number: string, text: string, { json }: { json?: boolean }) => {
      const shown = await change('POST', `/incidents/${encodeURIComponent(number)}/notes`, { text })
      if (json) return printJson(shown)
      printLines([`Written on incident ${number}.`])
    })
}

function printIncident({ incident, alerts, timeline, runbooks }: IncidentShape): void {
  const { number, clusterName, severity, sentence, openedAt, closedAt, acknowledgedBy } = incident
  printLines([
    `Incident ${number} of ${clusterName}, ${severity}: ${sentence}`,
    `Began ${moment(openedAt)}; ${closedAt === null ? 'goes on' : `ended ${moment(closedAt)}`}.`,
    acknowledgedBy === null ? 'Nobody has acknowledged it.' : `${acknowledgedBy} looks after it.`,
    ...runbooks.map((runbook) => `Runbook: docs/runbooks/${runbook}.md`),
    '',
  ])
  printTable(
    ['state', 'severity', 'of', 'what'],
    alerts.map(({ state, severity: how, subject, summary }) => [state, how, subject, summary]),
  )
  printLines([''])
  printTable(
    ['at', 'told by', 'what'],
    timeline.map((entry) => [moment(entry.at), entry.kind, toldOf(entry)]),
  )
}

/** Of what a program wrote, the first line of it, and where. */
function toldOf({ sentence, log }: TimelineEntry): string {
  return log === null ? sentence : `${log.program} on ${log.node}: ${log.level} ${sentence.split('\n')[0] ?? ''}`
}
