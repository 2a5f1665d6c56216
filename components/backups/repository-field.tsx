import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'

interface RepositoryFieldProps {
  repositories: readonly number[]
  value: number
  onChange: (repository: number) => void
  hint?: string
}

/** Which repository, by its key. */
export function RepositoryField({ repositories, value, onChange, hint }: RepositoryFieldProps) {
  return (
    <Field label="Repository" hint={hint}>
      {(field) => (
        <Select
          {...field}
          options={repositories.map((key) => ({ value: String(key), label: `Repository ${key}` }))}
          value={String(value)}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
    </Field>
  )
}
