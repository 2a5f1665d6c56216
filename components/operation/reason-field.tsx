'use client'

import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/text-input.tsx'

interface ReasonFieldProps {
  reason: string
  onReason: (reason: string) => void
  error: string | undefined
}

/** Why it is done, in a person's own words. */
export function ReasonField({ reason, onReason, error }: ReasonFieldProps) {
  return (
    <Field label="Reason" hint="The audit log keeps it." error={error}>
      {(field) => <Textarea {...field} rows={2} value={reason} onChange={(event) => onReason(event.target.value)} />}
    </Field>
  )
}
