'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { emptyGrant, grantsIn, type GrantForm } from './people/grant-form.ts'
import { GrantListFields } from './people/grant-list-fields.tsx'

interface CreateTokenProps {
  onCreated: (made: { name: string; token: string }) => void
  onClose: () => void
}

/** Makes a token: what it is for, what it may do, how long. */
export function CreateToken({ onCreated, onClose }: CreateTokenProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [forms, setForms] = useState<GrantForm[]>([emptyGrant])
  const [days, setDays] = useState('90')
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: ({ token }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.tokens.pathKey() })
        onCreated({ name: name.trim(), token })
      },
    }),
  )
  const errors = fieldErrors(create.error)
  const grants = grantsIn(forms)
  const missing = missingIn(name, grants !== null)
  const submit = () => {
    if (grants) create.mutate({ name, grants, expiresInDays: days === '' ? null : Number(days) })
  }
  return (
    <CreateDialog
      id="create-token"
      title="Make a token"
      description="It is shown once. Give it no more than it needs."
      act="Make the token"
      missing={missing}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" hint="What it is for: the audit log names it." error={errors['name']}>
        {(field) => (
          <TextInput {...field} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <GrantListFields forms={forms} error={errors['grants']} onChange={setForms} />
      <Field label="Valid for" error={errors['expiresInDays']}>
        {(field) => (
          <Select {...field} value={days} onChange={(event) => setDays(event.target.value)} options={lengths} />
        )}
      </Field>
    </CreateDialog>
  )
}

function missingIn(name: string, hasGrants: boolean): string | null {
  if (name.trim() === '') return 'Give it a name.'
  return hasGrants ? null : 'Say where the right holds.'
}

const lengths = [
  { value: '1', label: '1 day' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'never ends, until it is revoked' },
]
