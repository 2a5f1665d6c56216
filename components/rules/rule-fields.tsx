'use client'

import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { writeAmount } from '#domain/alerts/amount.ts'
import { severities } from '#domain/alerts/incident-of.ts'
import type { AlertRule } from '#domain/alerts/rule.ts'
import { capital } from '#domain/words.ts'
import type { RuleForm } from './rule-form.ts'

interface RuleFieldsProps {
  rule: AlertRule
  form: RuleForm
  /** What is wrong, by field. */
  faults: Record<string, string>
  onForm: (form: RuleForm) => void
}

/** What of a rule can be otherwise: whether it is on, its amounts, for how long it must hold, and how bad it is. */
export function RuleFields({ rule, form, faults, onForm }: RuleFieldsProps) {
  return (
    <div className="grid gap-4">
      <CheckBox
        label="On"
        hint="A rule that is off finds nothing here, and what it found ends."
        isChecked={form.isEnabled}
        onChange={(isEnabled) => onForm({ ...form, isEnabled })}
      />
      {Object.entries(rule.parameters).map(([name, { title, unit, value }]) => (
        <Field key={name} label={capital(title)} hint={`Comes as ${writeAmount(value, unit)}.`} error={faults[name]}>
          {(field) => (
            <TextInput
              {...field}
              value={form.parameters[name] ?? ''}
              onChange={(event) => onForm({ ...form, parameters: { ...form.parameters, [name]: event.target.value } })}
              className="max-w-48"
            />
          )}
        </Field>
      ))}
      <Field label="Must hold for" hint={`Comes as ${writeAmount(rule.forSeconds, 'seconds')}.`} error={faults['for']}>
        {(field) => (
          <TextInput
            {...field}
            value={form.forText}
            onChange={(event) => onForm({ ...form, forText: event.target.value })}
            className="max-w-48"
          />
        )}
      </Field>
      <Field label="Weight" hint={`Comes as ${rule.severity}.`}>
        {(field) => (
          <Select
            {...field}
            value={form.severity}
            onChange={(event) => {
              const severity = severities.find((each) => each === event.target.value)
              if (severity) onForm({ ...form, severity })
            }}
            options={severities.map((value) => ({ value, label: capital(value) }))}
          />
        )}
      </Field>
    </div>
  )
}
