import { formatBytes, formatDuration } from '#domain/format.ts'
import type { FactUnit } from './facts/definition.ts'
import { definitionOf } from './facts/names.ts'
import type { AlertRule, Fact, FactRow } from './rule.ts'

/** The names that a summary fills in, parameters with their `$`. */
export function namesInSummary(summary: string): string[] {
  return [...summary.matchAll(place)].map(([, name = '']) => name)
}

/** A rule's summary with the facts and parameters of one subject filled in. */
export function fillSummary(
  { summary, scope, parameters: defined }: Pick<AlertRule, 'summary' | 'scope' | 'parameters'>,
  facts: FactRow['facts'],
  parameters: Readonly<Record<string, number>>,
): string {
  return summary.replaceAll(place, (_, name: string) => {
    if (name.startsWith('$')) {
      const parameter = name.slice(1)
      return tellFact(parameters[parameter] ?? null, defined[parameter]?.unit ?? 'count')
    }
    return tellFact(facts[name] ?? null, definitionOf(scope, name)?.unit ?? 'name')
  })
}

/** A fact as a sentence has it, in its unit: `16 GB`, `5 min`, `93 %`. */
export function tellFact(fact: Fact, unit: FactUnit | (string & {})): string {
  if (fact === null) return 'unknown'
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no'
  if (typeof fact === 'string') return fact
  switch (unit) {
    case 'bytes':
      return formatBytes(fact)
    case 'seconds':
      return fact < 0 ? `-${formatDuration(-fact * 1000)}` : formatDuration(fact * 1000)
    case 'ms':
      return formatDuration(fact)
    case 'ratio':
      return `${Math.round(fact * 100)} %`
    case 'transactions':
      return `${grouped(fact)} transactions`
    default:
      return grouped(fact)
  }
}

const place = /\{(\$?\w+)\}/g

function grouped(value: number): string {
  const rounded = Number.isInteger(value) ? value : Math.round(value * 100) / 100
  return Math.abs(rounded) < 10_000 ? String(rounded) : rounded.toLocaleString('en-US').replaceAll(',', '\u202f')
}
