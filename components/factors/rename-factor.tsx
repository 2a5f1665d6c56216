'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CreateDialog } from '#components/settings/create-dialog.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { Factor } from '#domain/people/factor.ts'

interface RenameFactorProps {
  factor: Factor
  onRenamed: () => void
  onClose: () => void
}

/** Gives a factor another name. */
export function RenameFactor({ factor, onRenamed, onClose }: RenameFactorProps) {
  const [name, setName] = useState(factor.name)
  const rename = useMutation(useTRPC().factors.rename.mutationOptions({ onSuccess: onRenamed }))
  return (
    <CreateDialog
      id="rename-factor"
      title={`Rename ${factor.name}`}
      description="The name tells it from your others."
      act="Rename"
      missing={name.trim() === '' ? 'Give it a name.' : null}
      isBusy={rename.isPending}
      error={rename.error}
      onSubmit={() => rename.mutate({ id: factor.id, name })}
      onClose={onClose}
    >
      <Field label="Name" error={fieldErrors(rename.error)['name']}>
        {(field) => (
          <TextInput {...field} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
    </CreateDialog>
  )
}
