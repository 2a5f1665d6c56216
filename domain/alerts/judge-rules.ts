import { holds } from './expression/evaluate.ts'
import { factsNamed } from './expression/names-in.ts'
import type { RuleInForce } from './load-rule.ts'
import type { Fact, FactRow } from './rule.ts'
import { namesInSummary } from './summary.ts'

/** How one rule came out for one subject; null = nobody can tell. */
export interface Judgement {
  rule: RuleInForce
  row: FactRow
  holds: boolean | null
}

/** Asks every rule in force of every subject of its scope. */
export function judgeRules(rules: readonly RuleInForce[], rows: readonly FactRow[]): Judgement[] {
  return rules
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((rule) =>
      rows
        .filter(({ scope }) => scope === rule.rule.scope)
        .map((row) => ({
          rule,
          row,
          holds: holds(rule.rule.condition, { facts: row.facts, parameters: rule.parameters }),
        })),
    )
}

/** The facts that a rule was judged by and that its summary tells. */
export function factsOfJudgement({ rule: { rule }, row }: Judgement): Record<string, Fact> {
  const names = new Set([...factsNamed(rule.condition), ...namesInSummary(rule.summary)])
  return Object.fromEntries([...names].flatMap((name) => (name in row.facts ? [[name, row.facts[name] ?? null]] : [])))
}
