import { readAmount, writeAmount } from '#domain/alerts/amount.ts'
import { overrideFaults } from '#domain/alerts/load-rule.ts'
import type { AlertRule, AlertSeverity, RuleOverride } from '#domain/alerts/rule.ts'

/** A rule as it stands in the fields of a form: amounts as texts. */
export interface RuleForm {
  isEnabled: boolean
  parameters: Readonly<Record<string, string>>
  forText: string
  severity: AlertSeverity
}

/** The form of a rule as a cluster has it. */
export function formOf(rule: AlertRule, override: RuleOverride | null): RuleForm {
  const parameters = Object.entries(rule.parameters).map(([name, { value, unit }]) => [
    name,
    writeAmount(override?.parameters?.[name] ?? value, unit),
  ])
  return {
    isEnabled: override?.isEnabled ?? true,
    parameters: Object.fromEntries(parameters),
    forText: writeAmount(override?.forSeconds ?? rule.forSeconds, 'seconds'),
    severity: override?.severity ?? rule.severity,
  }
}

export type RuleBody = Omit<RuleOverride, 'ruleId'>

/** What the form says is otherwise than the rule comes, and what is wrong with it by field: `for` or a parameter's name. */
export function readForm(rule: AlertRule, form: RuleForm): { body: RuleBody; faults: Record<string, string> } {
  const faults: Record<string, string> = {}
  const parameters: Record<string, number> = {}
  for (const [name, { value, unit }] of Object.entries(rule.parameters)) {
    const read = readAmount(form.parameters[name] ?? '', unit)
    if ('fault' in read) faults[name] = read.fault
    else if (read.value !== value) parameters[name] = read.value
  }
  const held = readAmount(form.forText, 'seconds')
  if ('fault' in held) faults['for'] = held.fault
  const forSeconds = 'value' in held && held.value !== rule.forSeconds ? held.value : null
  const body: RuleBody = {
    ...(form.isEnabled ? {} : { isEnabled: false }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(forSeconds === null ? {} : { forSeconds }),
    ...(form.severity === rule.severity ? {} : { severity: form.severity }),
  }
  const [unfit] = overrideFaults(rule, { ruleId: rule.id, ...body })
  if (unfit) faults['for'] ??= unfit.sentence
  if (forSeconds !== null && !Number.isInteger(forSeconds)) faults['for'] = 'Must be whole seconds.'
  return { body, faults }
}
