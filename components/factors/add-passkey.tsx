'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { makePasskey, PasskeyProblem } from '#components/proof/passkey.ts'
import { CreateDialog } from '#components/settings/create-dialog.tsx'
import { useTRPCClient } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

interface AddFactorProps {
  onAdded: (recoveryCodes: string[] | null) => void
  onClose: () => void
}

/** Makes a passkey on this device, or on a key that is plugged in. */
export function AddPasskey({ onAdded, onClose }: AddFactorProps) {
  const client = useTRPCClient()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      const { origin } = location
      const options = await client.factors.passkeyOptions.query({ origin })
      const registration = await makePasskey(options)
      return client.factors.addPasskey.mutate({ name, origin, registration })
    },
    onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
  })
  const fromBrowser = add.error instanceof PasskeyProblem ? add.error : null
  return (
    <CreateDialog
      id="add-passkey"
      title="Add a passkey"
      description="The browser makes it, on this device, your phone or a key that is plugged in. Where it asks for a finger, a face or a PIN it lets you in without a password."
      act="Make the passkey"
      missing={name.trim() === '' ? 'Give it a name.' : null}
      isBusy={add.isPending}
      error={fromBrowser ? null : add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <Field label="Name" hint="Such as the device it is on." error={fieldErrors(add.error)['name']}>
        {(field) => (
          <TextInput {...field} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      {fromBrowser ? (
        <p role="alert" className="flex items-start gap-2.5">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{fromBrowser.message}</span>
        </p>
      ) : null}
    </CreateDialog>
  )
}
