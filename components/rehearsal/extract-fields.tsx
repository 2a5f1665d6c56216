import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { RehearseOptions } from './rehearse-form.ts'

interface ExtractFieldsProps {
  options: RehearseOptions
  onChange: (changes: Partial<RehearseOptions>) => void
}

/** A table or a schema taken out of the recovered data as a dump, so that what was dropped can be put back by hand. */
export function ExtractFields({ options, onChange }: ExtractFieldsProps) {
  return (
    <div className="grid gap-3">
      <CheckBox
        label="Take a table or a schema out"
        hint="As a dump for pg_restore: enough to put one table back without touching the rest of the cluster."
        isChecked={options.hasExtract}
        onChange={(isChecked) => onChange({ hasExtract: isChecked })}
      />
      {options.hasExtract ? (
        <div className="grid gap-3 pl-6 md:grid-cols-3 phone:pl-0">
          {fields.map(({ name, label, hint }) => (
            <Field key={name} label={label} isOptional={name === 'table'} hint={hint}>
              {(field) => (
                <TextInput
                  {...field}
                  isMono
                  spellCheck={false}
                  autoCapitalize="off"
                  value={options[name]}
                  onChange={(event) => onChange({ [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      ) : null}
    </div>
  )
}

const fields = [
  { name: 'database', label: 'Database', hint: null },
  { name: 'schema', label: 'Schema', hint: null },
  { name: 'table', label: 'Table', hint: 'Empty: the whole schema.' },
] as const
