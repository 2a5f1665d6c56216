'use client'

import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

interface TypedNameFieldProps {
  clusterName: string
  /** What typing it is for, as it follows "to". */
  purpose: string
  typedName: string
  onTypedName: (name: string) => void
  error?: string | undefined
}

/** The name of a cluster, typed by hand so that nobody acts on another one by mistake. */
export function TypedNameField({ clusterName, purpose, typedName, onTypedName, error }: TypedNameFieldProps) {
  return (
    <Field
      label={
        <>
          Type <span className="font-mono">{clusterName}</span> to {purpose}
        </>
      }
      error={error}
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
  )
}
