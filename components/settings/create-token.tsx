'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { RoleField } from './role-field.tsx'
import { isRole } from './role-words.ts'

interface CreateTokenProps {
  onCreated: (made: { name: string; token: string }) => void
  onClose: () => void
}

/** Makes a token: what it is for, what it may do, how long. */
export function CreateToken({ onCreated, onClose }: CreateTokenProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState('viewer')
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
  const missing = name.trim() === '' ? 'Give it a name.' : null
  const submit = () => {
    if (isRole(role)) create.mutate({ name, role, expiresInDays: days === '' ? null : Number(days) })
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
      <RoleField role={role} error={errors['role']} onChange={setRole} />
      <Field label="Valid for" error={errors['expiresInDays']}>
        {(field) => (
          <Select {...field} value={days} onChange={(event) => setDays(event.target.value)} options={lengths} />
        )}
      </Field>
    </CreateDialog>
  )
}

const lengths = [
  { value: '1', label: '1 day' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'good, until it is revoked' },
]
