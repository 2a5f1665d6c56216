import type { FactUnit } from '#domain/alerts/facts/definition.ts'
import { definitionOf } from '#domain/alerts/facts/names.ts'
import type { AlertRule } from '#domain/alerts/rule.ts'
import { tellFact } from '#domain/alerts/summary.ts'
import { familyOf } from './fact-family.ts'
import { factPromql } from './fact-promql.ts'
import { identityLabels } from './identity.ts'

/** A rule's summary as a template of Prometheus, which asks for the facts that it fills in when the alert fires. */
export function descriptionTemplate(rule: AlertRule): string {
  return rule.summary.replaceAll(/\{(\$?\w+)\}/g, (_, name: string) => {
    if (!name.startsWith('$')) return factTemplate(rule, name)
    const { value = null, unit = 'count' } = rule.parameters[name.slice(1)] ?? {}
    return tellFact(value, unit)
  })
}

function factTemplate({ id, scope }: AlertRule, fact: string): string {
  const labels = identityLabels[scope]
  const selector = `{${labels.map((label, index) => `${label}=%[${index + 1}]q`).join(',')}}`
  const family = familyOf(scope, fact)
  const query = family ? `${family.name}${selector}` : factPromql(scope, fact, selector)
  if (query === null) throw new Error(`The summary of ${id} names ${fact}, which Prometheus is not told of.`)
  const asked = family?.words ? `${query} == 1` : query
  const told = family?.words ? `label "${family.words.label}"` : `value | ${format(definitionOf(scope, fact)?.unit)}`
  const names = labels.map((label) => `$labels.${label}`).join(' ')
  return `{{ with printf "${asked}" ${names} | query }}{{ . | first | ${told} }}{{ else }}unknown{{ end }}`
}

function format(unit: FactUnit | undefined): string {
  switch (unit) {
    case 'bytes':
      return 'humanize1024 | printf "%sB"'
    case 'seconds':
    case 'ms':
      return 'humanizeDuration'
    case 'ratio':
      return 'humanizePercentage'
    default:
      return 'printf "%.0f"'
  }
}
