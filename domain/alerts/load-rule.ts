import { checkCondition } from './expression/check.ts'
import { parseExpression } from './expression/parse.ts'
import type { Expression } from './expression/syntax.ts'
import { factNames } from './facts/names.ts'
import type { AlertRule, AlertSeverity, RuleOverride } from './rule.ts'
import { namesInSummary } from './summary.ts'

/** A rule whose expression was read and checked. */
export interface LoadedRule extends AlertRule {
  condition: Expression
}

/** A rule as it is for one cluster. */
export interface RuleInForce {
  rule: LoadedRule
  isEnabled: boolean
  parameters: Readonly<Record<string, number>>
  forSeconds: number
  keepFiringSeconds: number
  severity: AlertSeverity
}

/** Reads a rule; throws an Error that says which rule, where in it, and what is wrong: such a rule would never fire. */
export function loadRule(rule: AlertRule): LoadedRule {
  const { expression, fault } = parseExpression(rule.expression)
  if (fault !== null) throw faulty(rule, `${fault.sentence} (character ${fault.at + 1} of ${rule.expression})`)
  const facts = factNames[rule.scope]
  const parameters = new Set(Object.keys(rule.parameters))
  const unfit = checkCondition(expression, { facts, parameters })
  if (unfit !== null) throw faulty(rule, unfit)
  for (const name of namesInSummary(rule.summary)) {
    const isKnown = name.startsWith('$') ? parameters.has(name.slice(1)) : Object.hasOwn(facts, name)
    if (!isKnown) throw faulty(rule, `Its summary names ${name}, which is not there.`)
  }
  return { ...rule, condition: expression }
}

/** A rule with what a cluster has otherwise than it comes. */
export function inForce(rule: LoadedRule, override: RuleOverride | undefined): RuleInForce {
  const parameters = Object.entries(rule.parameters).map(([name, { value }]) => [
    name,
    override?.parameters?.[name] ?? value,
  ])
  return {
    rule,
    isEnabled: override?.isEnabled ?? true,
    parameters: Object.fromEntries(parameters),
    forSeconds: override?.forSeconds ?? rule.forSeconds,
    keepFiringSeconds: override?.keepFiringSeconds ?? rule.keepFiringSeconds,
    severity: override?.severity ?? rule.severity,
  }
}

/** Why an override does not fit its rule, by its field; empty where it does. */
export function overrideFaults(rule: AlertRule, override: RuleOverride): { field: string; sentence: string }[] {
  const names = Object.keys(rule.parameters)
  const unknown = Object.keys(override.parameters ?? {}).filter((name) => !names.includes(name))
  const faults = unknown.map((name) => ({
    field: 'parameters',
    sentence: `${rule.id} has no parameter ${name}${names.length === 0 ? '.' : `, only ${names.join(', ')}.`}`,
  }))
  const { forSeconds, keepFiringSeconds } = override
  if (forSeconds !== undefined && forSeconds > weekSeconds) {
    faults.push({ field: 'forSeconds', sentence: 'Must be at most a week: a longer one would never fire in time.' })
  }
  if (keepFiringSeconds !== undefined && keepFiringSeconds > weekSeconds) {
    const sentence = 'Must be at most a week: a longer one would hardly ever end.'
    faults.push({ field: 'keepFiringSeconds', sentence })
  }
  return faults
}

const weekSeconds = 7 * 86_400

function faulty({ id }: AlertRule, sentence: string): Error {
  return new Error(`The alert rule ${id} cannot be used: ${sentence}`)
}
