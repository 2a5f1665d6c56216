import { writeAmount } from '#domain/alerts/amount.ts'
import type { AlertRule, RuleOverride } from '#domain/alerts/rule.ts'

/** When a rule fires, with its own words and the values of the cluster: `behind by more than 30 s, for 5 min`. */
export function conditionWords(rule: AlertRule, override: RuleOverride | null): string {
  const parameters = Object.entries(rule.parameters).map(
    ([name, { value, unit, title }]) => `${title} ${writeAmount(override?.parameters?.[name] ?? value, unit)}`,
  )
  const seconds = override?.forSeconds ?? rule.forSeconds
  const held = seconds === 0 ? 'at once' : `for ${writeAmount(seconds, 'seconds')}`
  // The summary says it as the alert will, with what is found left open.
  const summary = rule.summary.replaceAll(/\{\$(\w+)\}/gu, (_, name: string) => {
    const own = rule.parameters[name]
    return own ? writeAmount(override?.parameters?.[name] ?? own.value, own.unit) : '...'
  })
  return `"${summary.replaceAll(/\{\w+\}/gu, '...')}" ${[...parameters, held].join(', ')}`
}
