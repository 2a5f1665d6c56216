'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { CreateDialog } from '../create-dialog.tsx'
import { emptyGrant, grantsIn, type GrantForm } from './grant-form.ts'
import { GrantListFields } from './grant-list-fields.tsx'

interface InvitePersonProps {
  onInvited: (invited: { email: string; link: string }) => void
  onClose: () => void
}

/** Invites somebody who may sign in; the console makes the link, and they choose the password. */
export function InvitePerson({ onInvited, onClose }: InvitePersonProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [forms, setForms] = useState<GrantForm[]>([emptyGrant])
  const invite = useMutation(
    trpc.users.invite.mutationOptions({
      onSuccess: ({ user, link }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
        onInvited({ email: user.email, link })
      },
    }),
  )
  const errors = fieldErrors(invite.error)
  const grants = grantsIn(forms)
  const missing = missingIn(email, name) ?? (grants ? null : 'Say where the right holds.')
  return (
    <CreateDialog
      id="invite-person"
      title="Invite a person"
      description="The console makes a link and shows it once. Whoever opens it chooses a password; it is good for seven days."
      act="Make the link"
      missing={missing}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={() => (grants ? invite.mutate({ email, name, grants }) : undefined)}
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
      <Field label="Name" hint="They can write it otherwise when they come." error={errors['name']}>
        {(field) => (
          <TextInput {...field} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <GrantListFields forms={forms} error={errors['grants']} onChange={setForms} />
    </CreateDialog>
  )
}

function missingIn(email: string, name: string): string | null {
  return email.trim() === '' || name.trim() === '' ? 'Give an e-mail address and a name.' : null
}
