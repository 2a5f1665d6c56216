'use client'

import { Field } from '#components/ui/field.tsx'
import { TextInput, Textarea } from '#components/ui/text-input.tsx'

interface ConfirmFieldsProps {
  clusterName: string
  /** False for an act that can be taken back. */
  asksName?: boolean
  reason: string
  onReason: (reason: string) => void
  typedName: string
  onTypedName: (name: string) => void
  errors: Record<string, string>
}

/** Why it is done, and the name typed by hand: the two things that make an act deliberate. */
export function ConfirmFields({
  clusterName,
  asksName = true,
  reason,
  onReason,
  typedName,
  onTypedName,
  errors,
}: ConfirmFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field label="Reason" hint="The audit log keeps it." error={errors['reason']}>
        {(field) => <Textarea {...field} rows={2} value={reason} onChange={(event) => onReason(event.target.value)} />}
      </Field>
      {asksName ? (
        <Field
          label={
            <>
              Type <span className="font-mono">{clusterName}</span> to confirm
            </>
          }
          error={errors['confirmName']}
        >
          {(field) => (
            <TextInput
              {...field}
              isMono
              spellCheck={false}
              autoCapitalize="off"
              value={typedName}
              onChange={(event) => onTypedName(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
