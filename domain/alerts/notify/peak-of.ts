import { capital } from '#domain/words.ts'
import type { Alert } from '#domain/alerts/alert.ts'
import { ruleOf } from '#domain/alerts/catalogue/catalogue.ts'
import { parseExpression } from '#domain/alerts/expression/parse.ts'
import type { Expression } from '#domain/alerts/expression/syntax.ts'
import { definitionOf } from '#domain/alerts/facts/names.ts'
import { tellFact } from '#domain/alerts/summary.ts'

/** The worst amount of what a rule measures. */
export interface Peak {
  fact: string
  value: number
}

/** The worst of what was known and what an alert is found by now; null where its rule is no matter of an amount. */
export function peakOf({ ruleId, facts }: Pick<Alert, 'ruleId' | 'facts'>, known: Peak | null): Peak | null {
  const measured = measuredBy(ruleId)
  const value = measured === null ? null : facts[measured.fact]
  if (measured === null || typeof value !== 'number') return known
  if (known === null || known.fact !== measured.fact) return { fact: measured.fact, value }
  const isWorse = measured.isMore ? value > known.value : value < known.value
  return isWorse ? { fact: measured.fact, value } : known
}

/** A peak in words: `Replay behind the leader: 5 min at worst.` */
export function peakWords(ruleId: string, { fact, value }: Peak): string | null {
  const rule = ruleOf(ruleId)
  const definition = rule && definitionOf(rule.scope, fact)
  return definition ? `${capital(definition.title)}: ${tellFact(value, definition.unit)} at worst.` : null
}

interface Measured {
  fact: string
  /** True = more is worse. */
  isMore: boolean
}

const found = new Map<string, Measured | null>()

function measuredBy(ruleId: string): Measured | null {
  const known = found.get(ruleId)
  if (known !== undefined) return known
  const rule = ruleOf(ruleId)
  const expression = rule ? parseExpression(rule.expression).expression : null
  const measured = expression ? (comparisonIn(expression) ?? null) : null
  found.set(ruleId, measured)
  return measured
}

/** The first comparison with a limit that a person may change. */
function comparisonIn(expression: Expression): Measured | undefined {
  if (expression.kind === 'not' || expression.kind === 'negative') return undefined
  if (expression.kind !== 'binary') return undefined
  const { operator, left, right } = expression
  if (operator === 'and' || operator === 'or') return comparisonIn(left) ?? comparisonIn(right)
  if (left.kind !== 'fact' || right.kind !== 'parameter') return undefined
  if (operator === '>' || operator === '>=') return { fact: left.name, isMore: true }
  if (operator === '<' || operator === '<=') return { fact: left.name, isMore: false }
  return undefined
}
