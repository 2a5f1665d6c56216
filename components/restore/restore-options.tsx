'use client'

import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import { count } from '#domain/words.ts'
import type { RestoreOptions } from './restore-form.ts'

interface RestoreOptionsFieldsProps {
  options: RestoreOptions
  onChange: (changes: Partial<RestoreOptions>) => void
  /** Keys of the repositories there are. */
  repositories: readonly number[]
  error: string | undefined
}

/** What is looked at before it is final, when clients come back, and what seldom has to be chosen. */
export function RestoreOptionsFields({ options, onChange, repositories, error }: RestoreOptionsFieldsProps) {
  return (
    <div className="grid gap-5">
      <Field
        label="Check query"
        isOptional
        error={error}
        hint={`Asked of the recovered data before anything is final, by a user who may change nothing: choose one whose answer tells that the moment is right. ${checkDatabaseHint}`}
      >
        {(field) => (
          <Textarea
            {...field}
            isMono
            rows={2}
            spellCheck={false}
            placeholder="select count(*), max(created_at) from orders"
            value={options.check}
            onChange={(event) => onChange({ check: event.target.value })}
          />
        )}
      </Field>
      <p>
        <span className="font-medium">
          {options.commitsAlone ? 'It is made final without a look' : 'You look before it is final'}
        </span>
        <span className="block text-sm text-muted">
          {options.commitsAlone
            ? 'As soon as recovery has stopped at the target, the cluster runs on it.'
            : 'Recovery stops, you see the data, and you make it final, move to another moment (not where somebody else approves this one) or go back.'}
        </span>
      </p>
      <Radios
        name="clients"
        legend="Clients come back"
        value={options.clientsBack}
        onValue={(clientsBack) => onChange({ clientsBack })}
        choices={[
          {
            value: 'writable',
            label: 'With the first member that takes writes',
            meaning: 'Soonest. Replicas and a new backup follow.',
          },
          {
            value: 'end',
            label: 'When replicas and a new backup stand',
            meaning: 'Nobody writes before the data is safe twice.',
          },
        ]}
      />
      <details className="group">
        <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 text-muted hover:text-text phone:min-h-11">
          <Icon name="chevron-right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
          More choices
        </summary>
        <div className="grid gap-4 pt-3">
          <CheckBox
            label="Make it final without a look"
            hint="Only if recovery stopped at the target and the check query, if there is one, was answered; otherwise it asks all the same."
            isChecked={options.commitsAlone}
            onChange={(isChecked) => onChange({ commitsAlone: isChecked })}
          />
          {repositories.length > 1 ? (
            <Field label="Repository" hint={`There are ${count(repositories.length, 'repository', 'repositories')}.`}>
              {(field) => (
                <Select
                  {...field}
                  value={options.repository === null ? '' : String(options.repository)}
                  onChange={(event) =>
                    onChange({ repository: event.target.value === '' ? null : Number(event.target.value) })
                  }
                  options={[
                    { value: '', label: 'whichever serves best' },
                    ...repositories.map((key) => ({ value: String(key), label: `repository ${key}` })),
                  ]}
                />
              )}
            </Field>
          ) : null}
        </div>
      </details>
    </div>
  )
}

interface RadiosProps<V extends string> {
  name: string
  legend: string
  value: V
  onValue: (value: V) => void
  choices: readonly { value: V; label: string; meaning: string }[]
}

function Radios<V extends string>({ name, legend, value, onValue, choices }: RadiosProps<V>) {
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 font-medium">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex cursor-pointer items-start gap-2.5 py-1 phone:min-h-11">
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
            className="mt-1 accent-info"
          />
          <span>
            {choice.label}
            <span className="block text-sm text-muted">{choice.meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
