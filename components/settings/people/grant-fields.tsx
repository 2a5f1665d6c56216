'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { roleOptions } from '../role-words.ts'
import type { GrantForm } from './grant-form.ts'

interface GrantFieldsProps {
  form: GrantForm
  error?: string | undefined
  onChange: (form: GrantForm) => void
}

/** One right: a role, and where it holds. */
export function GrantFields({ form, error, onChange }: GrantFieldsProps) {
  const { data: rows } = useQuery(useTRPC().clusters.list.queryOptions())
  const labels = [...new Set(rows?.flatMap((row) => row.labels))].toSorted()
  const clusters = rows?.map(({ name }) => ({ value: name, label: name })) ?? []
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Role" error={error} className="sm:col-span-2">
        {(field) => (
          <Select
            {...field}
            value={form.role}
            onChange={(event) => onChange({ ...form, role: event.target.value })}
            options={roleOptions}
          />
        )}
      </Field>
      <Field label="Where">
        {(field) => (
          <Select
            {...field}
            value={form.kind}
            onChange={(event) => onChange({ ...form, kind: event.target.value, place: '' })}
            options={kinds}
          />
        )}
      </Field>
      {form.kind === 'cluster' ? (
        <Field label="Cluster">
          {(field) => (
            <Select
              {...field}
              value={form.place}
              onChange={(event) => onChange({ ...form, place: event.target.value })}
              options={[{ value: '', label: 'choose a cluster' }, ...clusters]}
            />
          )}
        </Field>
      ) : null}
      {form.kind === 'label' ? (
        <Field label="Label" hint={labels.length > 0 ? `In use: ${labels.join(', ')}` : 'No cluster has one yet.'}>
          {(field) => (
            <TextInput
              {...field}
              maxLength={60}
              value={form.place}
              onChange={(event) => onChange({ ...form, place: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}

const kinds = [
  { value: 'all', label: 'everywhere' },
  { value: 'cluster', label: 'one cluster' },
  { value: 'label', label: 'clusters with a label' },
]
