'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useViewer } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { count } from '#domain/words.ts'

/** Sets a new password for oneself, which ends one's other sessions. */
export function ChangePassword() {
  const { email } = useViewer()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: ({ endedSessions }) => {
        setCurrent('')
        setNext('')
        void queryClient.invalidateQueries({ queryKey: trpc.session.list.queryKey() })
        const ended = endedSessions === 0 ? '' : ` ${count(endedSessions, 'other session')} ended.`
        toast(`Your password is changed.${ended}`)
      },
    }),
  )
  const errors = fieldErrors(change.error)
  const missing = whatIsMissing(current, next)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !change.isPending) change.mutate({ current, next })
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {/* Tells a password manager whose password it is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label="Present password" error={errors['current']}>
        {(field) => (
          <TextInput
            {...field}
            type="password"
            name="current"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field label="New password" hint="At least 12 characters. Your other sessions end." error={errors['next']}>
        {(field) => (
          <TextInput
            {...field}
            type="password"
            name="next"
            autoComplete="new-password"
            maxLength={200}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      {change.error && Object.keys(errors).length === 0 ? (
        <p role="alert" className="flex items-start gap-2.5">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{errorSentence(change.error)}</span>
        </p>
      ) : null}
      <Button type="submit" disabledReason={missing} isBusy={change.isPending} className="justify-self-start">
        Change the password
      </Button>
    </form>
  )
}

function whatIsMissing(current: string, next: string): string | null {
  if (current === '') return 'Type your present password.'
  return next.length < 12 ? 'The new password needs at least 12 characters.' : null
}
