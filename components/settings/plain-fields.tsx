'use client'

import { Field } from '#components/ui/field.tsx'
import { Textarea, TextInput } from '#components/ui/text-input.tsx'
import type { DraftFieldsProps } from './draft-fields-props.ts'

/** The two things that are needed: where one member answers, and what the cluster is called here. */
export function PlainFields({ form, onChange, errors, known }: DraftFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field
        label={known ? 'Patroni addresses' : 'Address of one Patroni member'}
        hint={
          known
            ? 'One a line. Passwords go to these addresses only.'
            : 'Any member will do: the others are found from it.'
        }
        error={errors.patroniUrls}
      >
        {(field) =>
          known ? (
            <Textarea
              {...field}
              isMono
              rows={Math.max(3, form.patroniUrls.split('\n').length)}
              spellCheck={false}
              value={form.patroniUrls}
              onChange={(event) => onChange({ patroniUrls: event.target.value })}
            />
          ) : (
            <TextInput
              {...field}
              isMono
              inputMode="url"
              spellCheck={false}
              autoCapitalize="off"
              placeholder="http://10.0.1.10:8008"
              ref={focusAtOnce}
              value={form.patroniUrls}
              onChange={(event) => onChange({ patroniUrls: event.target.value })}
            />
          )
        }
      </Field>
      <Field
        label="Name"
        hint={known ? undefined : 'What the cluster is called here; its Patroni scope if left empty.'}
        error={errors.name}
      >
        {(field) => (
          <TextInput
            {...field}
            spellCheck={false}
            autoCapitalize="off"
            maxLength={63}
            value={form.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

/** The sheet was opened to type this; on a phone the keyboard would hide the rest. */
function focusAtOnce(input: HTMLInputElement | null) {
  if (matchMedia('(pointer: fine)').matches) input?.focus()
}
