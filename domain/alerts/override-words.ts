import { writeAmount } from './amount.ts'
import type { AlertRule, RuleOverride } from './rule.ts'

/** What of a rule is otherwise than it comes, each in a few words: `10 min instead of 5 min`; empty where nothing is. */
export function overrideWords(rule: AlertRule, override: RuleOverride | null): string[] {
  if (!override) return []
  const { isEnabled, parameters = {}, forSeconds, severity } = override
  return [
    ...(isEnabled === false ? ['off'] : []),
    ...Object.entries(parameters).flatMap(([name, value]) => {
      const own = rule.parameters[name]
      if (!own || own.value === value) return []
      return [`${own.title} ${writeAmount(value, own.unit)} instead of ${writeAmount(own.value, own.unit)}`]
    }),
    ...(forSeconds === undefined || forSeconds === rule.forSeconds
      ? []
      : [`for ${writeAmount(forSeconds, 'seconds')} instead of ${writeAmount(rule.forSeconds, 'seconds')}`]),
    ...(severity === undefined || severity === rule.severity ? [] : [`${severity} instead of ${rule.severity}`]),
  ]
}
