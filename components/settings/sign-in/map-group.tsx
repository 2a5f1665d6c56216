'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { CreateDialog } from '../create-dialog.tsx'
import { GrantFields } from '../people/grant-fields.tsx'
import { emptyGrant, grantIn, type GrantForm } from '../people/grant-form.ts'

/** Gives a right to a group: everywhere, on one cluster, or on those with a label. */
export function MapGroup({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [group, setGroup] = useState('')
  const [form, setForm] = useState<GrantForm>(emptyGrant)
  const map = useMutation(
    trpc.identities.mapGroup.mutationOptions({
      onSuccess: (made) => {
        toast(`${made.group} gives the role ${made.role} from the next sign-in on.`)
        void queryClient.invalidateQueries({ queryKey: trpc.identities.pathKey() })
        onClose()
      },
    }),
  )
  const errors = fieldErrors(map.error)
  const grant = grantIn(form)
  const whereMissing = grant ? null : 'Say where.'
  return (
    <CreateDialog
      id="map-group"
      title="Map a group"
      description="Whoever is in it has the role from their next sign-in on."
      act="Map the group"
      missing={group.trim() === '' ? 'Name the group.' : whereMissing}
      isBusy={map.isPending}
      error={map.error}
      onSubmit={() => (grant ? map.mutate({ group, ...grant }) : undefined)}
      onClose={onClose}
    >
      <Field label="Group" hint="Letter by letter as the provider tells it." error={errors['group']}>
        {(field) => (
          <TextInput
            {...field}
            maxLength={200}
            autoCapitalize="off"
            spellCheck={false}
            value={group}
            onChange={(event) => setGroup(event.target.value)}
          />
        )}
      </Field>
      <GrantFields form={form} error={errors['role']} onChange={setForm} />
    </CreateDialog>
  )
}
