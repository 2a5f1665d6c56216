import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { roleOptions } from './role-words.ts'

interface RoleFieldProps {
  role: string
  error: string | undefined
  onChange: (role: string) => void
}

/** What somebody or something may do. */
export function RoleField({ role, error, onChange }: RoleFieldProps) {
  return (
    <Field label="Role" error={error}>
      {(field) => (
        <Select {...field} value={role} onChange={(event) => onChange(event.target.value)} options={roleOptions} />
      )}
    </Field>
  )
}
