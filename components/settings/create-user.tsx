'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { RoleField } from './role-field.tsx'
import { isRole } from './role-words.ts'

interface CreateUserProps {
  onCreated: (person: { email: string; password: string }) => void
  onClose: () => void
}

/** Adds somebody who may sign in; the console makes the first password. */
export function CreateUser({ onCreated, onClose }: CreateUserProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState('viewer')
  const create = useMutation(
    trpc.users.create.mutationOptions({
      onSuccess: ({ user, password }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
        onCreated({ email: user.email, password })
      },
    }),
  )
  const errors = fieldErrors(create.error)
  const missing = email.trim() === '' || name.trim() === '' ? 'Give an e-mail address and a name.' : null
  const submit = () => {
    if (isRole(role)) create.mutate({ email, name, role })
  }
  return (
    <CreateDialog
      id="create-user"
      title="Add a person"
      description="The console makes a first password and shows it once."
      act="Add the person"
      missing={missing}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="E-mail" error={errors['email']}>
        {(field) => (
          <TextInput
            {...field}
            type="email"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label="Name" hint="As the audit log and others see it." error={errors['name']}>
        {(field) => (
          <TextInput {...field} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <RoleField role={role} error={errors['role']} onChange={setRole} />
    </CreateDialog>
  )
}
