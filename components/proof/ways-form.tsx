'use client'

import { useState, type FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

/** What can be typed to show who one is. */
export type Typed = 'code' | 'password' | 'recovery-code'

interface WaysFormProps {
  typed: Typed | null
  /** What the buttons do, such as `Go on`. */
  act: string
  isBusy: boolean
  /** Why it was refused the last time; null = it was not. */
  problem: string | null
  onType: (text: string) => void
  /** Null = there is none that could answer here. */
  onPasskey: (() => void) | null
}

/** Asks for a code, a password or a passkey. */
export function WaysForm({ typed, act, isBusy, problem, onType, onPasskey }: WaysFormProps) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text !== '' && !isBusy) onType(text)
  }
  return (
    <div className="grid gap-4">
      {typed === null ? null : (
        <form onSubmit={submit} noValidate className="grid gap-4" method="post">
          <Field label={labels[typed]} hint={hints[typed]}>
            {(field) => (
              <TextInput
                {...field}
                {...looks[typed]}
                // It is what the person came here for.
                // oxlint-disable-next-line jsx-a11y/no-autofocus
                autoFocus
                name={typed}
                value={text}
                maxLength={200}
                spellCheck={false}
                className="h-10"
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Button
            type="submit"
            tone="strong"
            isBusy={isBusy}
            disabledReason={text === '' ? missing[typed] : null}
            className="h-10"
          >
            {act}
          </Button>
        </form>
      )}
      {onPasskey === null ? null : (
        <Button tone={typed === null ? 'strong' : 'plain'} isBusy={isBusy} onClick={onPasskey} className="h-10">
          {typed === null ? `${act} with a passkey` : 'Use a passkey'}
        </Button>
      )}
      <p role="alert" className="flex items-start gap-2.5 empty:hidden">
        {problem === null ? null : (
          <>
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{problem}</span>
          </>
        )}
      </p>
    </div>
  )
}

const labels: Record<Typed, string> = {
  code: 'Code of your authenticator app',
  password: 'Your password',
  'recovery-code': 'Recovery code',
}

const hints: Record<Typed, string | null> = {
  code: 'Six digits, new every half minute.',
  password: null,
  'recovery-code': 'One of the ten that were shown when you registered. Each counts once.',
}

const missing: Record<Typed, string> = {
  code: 'Type the six digits that the app shows.',
  password: 'Type your password.',
  'recovery-code': 'Type one of your recovery codes.',
}

const looks = {
  code: { inputMode: 'numeric', autoComplete: 'one-time-code', isMono: true },
  password: { type: 'password', autoComplete: 'current-password' },
  'recovery-code': { autoComplete: 'off', autoCapitalize: 'off', isMono: true },
} as const
