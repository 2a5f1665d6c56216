import { readAmount, writeAmount } from '#domain/alerts/amount.ts'
import { overrideFaults } from '#domain/alerts/load-rule.ts'
import type { AlertRule, AlertSeverity, RuleOverride } from '#domain/alerts/rule.ts'

/** A rule as it stands in the fields of a form: amounts as texts. */
export interface RuleForm {
  isEnabled: boolean
  parameters: Readonly<Record<string, string>>
  forText: string
  keepText: string
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
    keepText: writeAmount(override?.keepFiringSeconds ?? rule.keepFiringSeconds, 'seconds'),
    severity: override?.severity ?? rule.severity,
  }
}

export type RuleBody = Omit<RuleOverride, 'ruleId'>

/** What the form says is otherwise than the rule comes, and what is wrong with it by field: `for`, `keepFiring` or a parameter's name. */
export function readForm(rule: AlertRule, form: RuleForm): { body: RuleBody; faults: Record<string, string> } {
  const faults: Record<string, string> = {}
  const parameters: Record<string, number> = {}
  for (const [name, { value, unit }] of Object.entries(rule.parameters)) {
    const read = readAmount(form.parameters[name] ?? '', unit)
    if ('fault' in read) faults[name] = read.fault
    else if (read.value !== value) parameters[name] = read.value
  }
  const forSeconds = readSeconds(form.forText, rule.forSeconds)
  if ('fault' in forSeconds) faults['for'] = forSeconds.fault
  const keepFiringSeconds = readSeconds(form.keepText, rule.keepFiringSeconds)
  if ('fault' in keepFiringSeconds) faults['keepFiring'] = keepFiringSeconds.fault
  const body: RuleBody = {
    ...(form.isEnabled ? {} : { isEnabled: false }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...('seconds' in forSeconds ? { forSeconds: forSeconds.seconds } : {}),
    ...('seconds' in keepFiringSeconds ? { keepFiringSeconds: keepFiringSeconds.seconds } : {}),
    ...(form.severity === rule.severity ? {} : { severity: form.severity }),
  }
  const [unfit] = overrideFaults(rule, { ruleId: rule.id, ...body })
  if (unfit) faults['for'] ??= unfit.sentence
  return { body, faults }
}

/** Nothing where it is as the rule comes. */
function readSeconds(text: string, own: number): { seconds: number } | { fault: string } | Record<never, never> {
  const read = readAmount(text, 'seconds')
  if ('fault' in read) return read
  if (!Number.isInteger(read.value)) return { fault: 'Must be whole seconds.' }
  return read.value === own ? {} : { seconds: read.value }
}
