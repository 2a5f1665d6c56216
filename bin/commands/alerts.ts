import type { Command } from 'commander'
import type { Alert, Silence } from '#domain/alerts/alert.ts'
import { silencedBy } from '#domain/alerts/silenced.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { reasonIn } from '../reason-in.ts'

interface AlertsShape {
  alerts: Alert[]
  silences: Silence[]
  muted: { clusterId: string; until: Date }[]
  serverNow: Date
  standingStill: { cluster: string; evaluatedAt: Date | null }[]
}

interface SilenceOptions {
  cluster?: string
  rule?: string
  subject?: string
  for: string
  reason?: string
  json?: boolean
}

/** `alerts list|ack|silence|silences|unsilence`. */
export function addAlertCommands(program: Command): void {
  const alerts = program.command('alerts').description('what is wrong with clusters now')
  alerts
    .command('list [cluster]')
    .description('alerts that go on, newest first')
    .option('--json', 'print {alerts, silences, muted, standingStill}')
    .action(async (cluster: string | undefined, { json }: { json?: boolean }) => {
      const path = cluster === undefined ? '/alerts' : `/clusters/${encodeURIComponent(cluster)}/alerts`
      const found = await get<AlertsShape>(path, { limit: '500' })
      if (json) return printJson(found)
      for (const { cluster: name, evaluatedAt } of found.standingStill) {
        console.error(`Nobody looks at the alerts of ${name}: the last look was at ${moment(evaluatedAt)}.`)
      }
      if (found.alerts.length === 0) return printLines(['No alert fires.'])
      printTable(
        ['since', 'severity', 'state', 'cluster', 'what'],
        found.alerts.map((alert) =>
          lineOf(
            alert,
            silencedBy(alert, found.silences, found.serverNow),
            found.muted.find(({ clusterId }) => clusterId === alert.clusterId)?.until ?? null,
          ),
        ),
      )
    })
  alerts
    .command('silence')
    .description('hold back what is told of some alerts; they are found all the same')
    .option('--cluster <cluster>', 'of one cluster; left out, of all')
    .option('--rule <rule>', 'of one rule, such as replication-lag')
    .option('--subject <subject>', 'of one member, pool, slot, ...')
    .requiredOption('--for <time>', 'until so long from now: 30m, 2h, 7d')
    .option('--reason <text>', 'why, for whoever wonders')
    .option('--json', 'print the silence')
    .action(async (options: SilenceOptions) => {
      const { cluster, rule, subject } = options
      const silence = await change<Silence>('POST', '/silences', {
        ...(cluster !== undefined && { cluster }),
        ...(rule !== undefined && { rule }),
        ...(subject !== undefined && { subject }),
        endsAt: endIn(options.for, new Date()),
        reason: reasonIn(options),
      })
      if (options.json) return printJson(silence)
      printLines([`Silent until ${moment(silence.endsAt)}. To end it before: matriarch alerts unsilence ${silence.id}`])
    })
  alerts
    .command('silences')
    .description('silences that have not ended')
    .option('--json', 'print an array of silences')
    .action(async ({ json }: { json?: boolean }) => {
      const silences = await get<Silence[]>('/silences')
      if (json) return printJson(silences)
      printTable(
        ['ends', 'rule', 'subject', 'by', 'reason', 'id'],
        silences.map(({ endsAt, ruleId, subject, createdBy, reason, id }) => [
          moment(endsAt),
          ruleId ?? 'all',
          subject ?? 'all',
          createdBy,
          reason,
          id,
        ]),
      )
    })
  alerts
    .command('unsilence <id>')
    .description('end a silence now')
    .option('--json', 'print the silence')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const silence = await change<Silence>('DELETE', `/silences/${encodeURIComponent(id)}`, undefined)
      if (json) return printJson(silence)
      printLines(['The silence has ended.'])
    })
  alerts
    .command('ack <number>')
    .description('say that you know of an incident and look after it')
    .option('--json', 'print the incident')
    .action(async (number: string, { json }: { json?: boolean }) => {
      const shown = await change('POST', `/incidents/${encodeURIComponent(number)}/acknowledge`, {})
      if (json) return printJson(shown)
      printLines([`Incident ${number} is yours.`])
    })
}

function lineOf(alert: Alert, silence: Silence | null, mutedUntil: Date | null): string[] {
  const { since, severity, state, clusterName, unknownSince, explainedBy } = alert
  const marks = [
    unknownSince === null ? null : `not known since ${moment(unknownSince)}`,
    explainedBy === null ? null : 'explained by an operation under way',
    mutedUntil === null ? null : `muted by maintenance until ${moment(mutedUntil)}`,
    silence === null ? null : `silent until ${moment(silence.endsAt)}`,
  ].filter((mark) => mark !== null)
  const told = marks.length === 0 ? '' : ` (${marks.join(', ')})`
  return [moment(since), severity, state, clusterName, `${sentenceOf(alert)}${told}`]
}

/** When a silence ends, as typed: how long from now. */
export function endIn(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? []
  if (amount === undefined || unit === undefined)
    throw new UsageError(`${text} is no length of time: write 30m, 2h or 7d.`)
  return new Date(now.getTime() + Number(amount) * (unitMs[unit] ?? 0))
}

const unitMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
