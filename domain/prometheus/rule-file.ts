import { alertRules } from '#domain/alerts/catalogue/catalogue.ts'
import { loadRule } from '#domain/alerts/load-rule.ts'
import type { AlertRule, AlertSeverity } from '#domain/alerts/rule.ts'
import { descriptionTemplate } from './description.ts'
import { identityLabels } from './identity.ts'
import { conditionPromql } from './promql.ts'
import { watchRules } from './watch-rules.ts'

/** An alert rule as Prometheus has it. */
export interface PrometheusRule {
  alert: string
  expr: string
  forSeconds: number
  keepFiringSeconds: number
  severity: AlertSeverity
  /** Of its own, beside the severity. */
  labels: Record<string, string>
  annotations: Record<string, string>
}

/** The alert rules of the console for who would rather have Prometheus ask them, as the text of a file. */
export function ruleFile(): string {
  return [
    '# The alert rules of Matriarch over the metrics that it tells at /api/metrics; made from its catalogue, thresholds as they come.',
    '# Needs Prometheus 2.42 or newer (keep_firing_for), and a scrape with honor_labels, as README.md beside this file has it.',
    'groups:',
    '- name: matriarch-clusters',
    '  rules:',
    ...alertRules.map(prometheusRule).flatMap(lines),
    '- name: matriarch-console',
    '  rules:',
    ...watchRules.flatMap(lines),
    '',
  ].join('\n')
}

/** A rule of the catalogue over the console's own metrics. */
export function prometheusRule(rule: AlertRule): PrometheusRule {
  const { id, title, scope, forSeconds, keepFiringSeconds, severity, labels, cause, runbook } = rule
  const who = identityLabels[scope].map((label) => `{{ $labels.${label} }}`).join(' ')
  return {
    alert: alertName(id),
    expr: conditionPromql(loadRule(rule)),
    forSeconds,
    keepFiringSeconds,
    severity,
    labels: { ...labels, cause, rule: id },
    annotations: {
      summary: `${title}: ${who}`,
      description: descriptionTemplate(rule),
      ...(runbook !== null && { runbook: `docs/runbooks/${runbook}.md` }),
    },
  }
}

/** What Prometheus calls a rule of the catalogue. */
export function alertName(id: string): string {
  return `Matriarch${id.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`
}

function lines(rule: PrometheusRule): string[] {
  const { alert, expr, forSeconds, keepFiringSeconds, severity, labels, annotations } = rule
  const entries = (of: Record<string, string>) =>
    Object.entries(of).map(([name, text]) => `      ${name}: ${quoted(text)}`)
  return [
    `  - alert: ${alert}`,
    `    expr: ${quoted(expr)}`,
    ...(forSeconds > 0 ? [`    for: ${forSeconds}s`] : []),
    ...(keepFiringSeconds > 0 ? [`    keep_firing_for: ${keepFiringSeconds}s`] : []),
    '    labels:',
    ...entries({ severity, ...labels }),
    '    annotations:',
    ...entries(annotations),
  ]
}

/** As YAML has it, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
