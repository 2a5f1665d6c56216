'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { CreateDialog } from '../create-dialog.tsx'

/** Links a person to a subject of the provider, on purpose. */
export function LinkIdentity({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const people = useQuery(trpc.users.list.queryOptions())
  const [userId, setUserId] = useState('')
  const [subject, setSubject] = useState('')
  const link = useMutation(
    trpc.identities.link.mutationOptions({
      onSuccess: ({ userName }) => {
        toast(`${userName} may sign in with the provider.`)
        void queryClient.invalidateQueries({ queryKey: trpc.identities.pathKey() })
        onClose()
      },
    }),
  )
  const errors = fieldErrors(link.error)
  const noSubject = subject.trim() === '' ? 'Give the subject.' : null
  const missing = userId === '' ? 'Choose the person.' : noSubject
  return (
    <CreateDialog
      id="link-identity"
      title="Link a person"
      description="Whoever the provider lets in under this subject signs in as this person."
      act="Link the person"
      missing={missing}
      isBusy={link.isPending}
      error={link.error}
      onSubmit={() => link.mutate({ userId, subject })}
      onClose={onClose}
    >
      <Field label="Person" error={errors['userId']}>
        {(field) => (
          <Select
            {...field}
            value={userId}
            onChange={(event) => setUserId(event.target.value)}
            options={[
              { value: '', label: 'choose' },
              ...(people.data ?? []).map(({ id, name, email }) => ({ value: id, label: `${name}, ${email}` })),
            ]}
          />
        )}
      </Field>
      <Field
        label="Subject"
        hint="The claim sub, as the audit log tells it of a refused sign-in."
        error={errors['subject']}
      >
        {(field) => (
          <TextInput
            {...field}
            maxLength={255}
            autoCapitalize="off"
            spellCheck={false}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
    </CreateDialog>
  )
}
