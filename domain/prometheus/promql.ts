import type { LoadedRule } from '#domain/alerts/load-rule.ts'
import { units, type Expression, type Operator } from '#domain/alerts/expression/syntax.ts'
import { familyOf } from './fact-family.ts'
import { factPromql } from './fact-promql.ts'

type Rule = Pick<LoadedRule, 'id' | 'scope' | 'parameters'>

/**
 * A rule's condition as Prometheus reads it, its parameters as they come. What is not known has no sample and so makes nothing true, as in
 * the console. Throws an Error for what cannot be said so.
 */
export function conditionPromql(rule: LoadedRule): string {
  return conditionOf(rule.condition, rule, true)
}

/** `holds` false: where it does not hold; `not` of what is not known stays so, for it is moved down to what has samples. */
function conditionOf(expression: Expression, rule: Rule, holds: boolean): string {
  switch (expression.kind) {
    case 'fact':
      return `${numberOf(expression, rule)} == ${holds ? 1 : 0}`
    case 'not':
      return conditionOf(expression.of, rule, !holds)
    case 'binary':
      break
    default:
      throw unsayable(rule, `a condition that is a ${expression.kind}`)
  }
  const { operator } = expression
  if (operator !== 'and' && operator !== 'or') return comparisonOf(expression, rule, holds)
  const isJoint = (operator === 'and') === holds
  const parts = partsOf(expression, operator).map((part) => ({ part, text: conditionOf(part, rule, holds) }))
  // The value of an alert is that of its first part: a measure tells more than a yes.
  if (isJoint) parts.sort((a, b) => Number(measures(b.part)) - Number(measures(a.part)))
  const joined = parts.map(({ part, text }) => (isCompound(part) ? `(${text})` : text))
  return joined.join(isJoint ? ' and ' : ' or ')
}

/** What stands in a row between operators of one kind. */
function partsOf(expression: Expression, operator: Operator): Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== operator) return [expression]
  return [...partsOf(expression.left, operator), ...partsOf(expression.right, operator)]
}

function isCompound(expression: Expression): boolean {
  if (expression.kind === 'not') return isCompound(expression.of)
  return expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')
}

function comparisonOf(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  rule: Rule,
  holds: boolean,
): string {
  const wanted = holds ? operator : opposites[operator]
  if (wanted === undefined) throw unsayable(rule, `the operator ${operator} as a condition`)
  if (right.kind === 'string' && left.kind === 'fact') return wordOf(left.name, wanted, right.text, rule)
  return `${numberOf(left, rule)} ${wanted} ${numberOf(right, rule)}`
}

/** Its samples have the word as a label, which the other parts of a rule have not. */
function wordOf(fact: string, operator: string, text: string, rule: Rule): string {
  const family = familyOf(rule.scope, fact)
  if (!family?.words) throw unsayable(rule, fact)
  const { label } = family.words
  const matcher = `${label}${operator === '==' ? '=' : operator}${JSON.stringify(text)}`
  return `max without (${label}) (${family.name}{${matcher}}) == 1`
}

function numberOf(expression: Expression, rule: Rule): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.amount * (expression.unit === null ? 1 : units[expression.unit]))
    case 'parameter':
      return String(rule.parameters[expression.name]?.value)
    case 'negative':
      return `-${numberOf(expression.of, rule)}`
    case 'fact': {
      const text = factPromql(rule.scope, expression.name, '')
      if (text === null) throw unsayable(rule, expression.name)
      return text.includes(' ') && !text.startsWith('sum ') ? `(${text})` : text
    }
    case 'binary':
      return `(${numberOf(expression.left, rule)} ${expression.operator} ${numberOf(expression.right, rule)})`
    default:
      throw unsayable(rule, `a number that is a ${expression.kind}`)
  }
}

function measures(part: Expression): boolean {
  if (part.kind === 'not') return measures(part.of)
  return part.kind === 'binary' && part.operator in opposites && part.right.kind !== 'string'
}

const opposites: Partial<Record<Operator, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
}

function unsayable({ id }: Rule, what: string): Error {
  return new Error(`The alert rule ${id} cannot be told to Prometheus: it has none of ${what}.`)
}
