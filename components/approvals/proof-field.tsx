'use client'

import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

/** The six digits of an authenticator app; a password alone approves nothing. */
export function ProofField({
  code,
  onCode,
  error,
}: {
  code: string
  onCode: (code: string) => void
  error?: string | undefined
}) {
  return (
    <Field
      label="Code of your authenticator app"
      hint="Of a factor that an administrator has vouched for. It is good for this one act."
      error={error}
    >
      {(field) => (
        <TextInput
          {...field}
          isMono
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          className="w-40 phone:w-full"
          value={code}
          onChange={(event) => onCode(event.target.value)}
        />
      )}
    </Field>
  )
}

/** What is wrong with a code as typed; null = nothing. */
export function codeFault(code: string): string | null {
  return /^\d{6}$/.test(code.replaceAll(/\s/g, '')) ? null : 'Type the six digits that the app shows now.'
}
