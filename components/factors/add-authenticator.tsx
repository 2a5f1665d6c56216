'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useViewer } from '#components/session/session-context.tsx'
import { CreateDialog } from '#components/settings/create-dialog.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Copy } from '#components/ui/copy.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { makeSecret, secretUri } from './make-secret.ts'
import { QrCode } from './qr-code.tsx'

interface AddFactorProps {
  onAdded: (recoveryCodes: string[] | null) => void
  onClose: () => void
}

/** Shares a secret with an authenticator app, and has the app's first code show that it took it. */
export function AddAuthenticator({ onAdded, onClose }: AddFactorProps) {
  const trpc = useTRPC()
  const { email } = useViewer()
  const [secret] = useState(makeSecret)
  const [name, setName] = useState('Phone')
  const [code, setCode] = useState('')
  const add = useMutation(
    trpc.factors.addTotp.mutationOptions({ onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes) }),
  )
  const errors = fieldErrors(add.error)
  return (
    <CreateDialog
      id="add-authenticator"
      title="Add an authenticator app"
      description="Read the code with the app, or type the secret into it. Then type what the app shows."
      act="Add the app"
      missing={whatIsMissing(name, code)}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ name, secret, code })}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={secretUri(secret, email)} label="Secret for the authenticator app" />
        <div className="grid min-w-0 flex-1 basis-52 gap-1">
          <p className="text-muted">No camera? Type this secret into the app:</p>
          <Copy
            text={secret}
            shown={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            label="the secret"
            className="[&>span:first-child]:break-words [&>span:first-child]:whitespace-normal"
          />
        </div>
      </div>
      <Field label="Name" hint="So that you know it among others." error={errors['name']}>
        {(field) => (
          <TextInput {...field} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label="Code" hint="The six digits that the app shows now." error={errors['code']}>
        {(field) => (
          <TextInput
            {...field}
            isMono
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
    </CreateDialog>
  )
}

function whatIsMissing(name: string, code: string): string | null {
  if (name.trim() === '') return 'Give it a name.'
  return /^\d{3}\s?\d{3}$/.test(code.trim()) ? null : 'Type the six digits that the app shows.'
}
