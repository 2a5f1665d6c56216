'use client'

import { useEffect, useRef, useState, type FormEvent } from 'react'
import { signIn } from '#components/session/sign-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { type Answered, askInvitation } from './ask-invitation.ts'

const noInvitation = {
  problem: 'This page alone holds no invitation. Open the link that you were given, whole.',
  fields: {},
}

interface Shown {
  email: string
  name: string
  invitedBy: string
}

/** The link's secret stands behind its `#`, so that no server's log and no other page gets it; the form hands it over. */
export function InvitationForm() {
  const token = useRef('')
  const [shown, setShown] = useState<Shown | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [isBusy, setIsBusy] = useState(false)

  // The address is the outside system: the secret is taken out of it and out of the history.
  useEffect(() => {
    const secret = location.hash.slice(1)
    if (secret !== '') history.replaceState(null, '', location.pathname)
    token.current = secret
    // A page that is loaded again has none: it was taken out of the address before.
    const asked: Promise<Answered<Shown>> =
      secret === '' ? Promise.resolve(noInvitation) : askInvitation<Shown>({ token: secret })
    void asked.then((said) => {
      if ('answer' in said) setShown(said.answer)
      else setProblem(said.problem)
    })
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const name = textOf(form, 'name')
    const password = textOf(form, 'password')
    if (password !== textOf(form, 'again')) {
      setFields({ again: 'The two are not the same.' })
      return
    }
    setIsBusy(true)
    setProblem(null)
    setFields({})
    const said = await askInvitation<{ email: string }>({ token: token.current, name, password })
    if (!('answer' in said)) {
      setFields(said.fields)
      setProblem(Object.keys(said.fields).length === 0 ? said.problem : null)
      setIsBusy(false)
      return
    }
    const result = await signIn(said.answer.email, password, '/')
    location.assign('goTo' in result ? result.goTo : '/sign-in')
  }

  if (shown === null) return <Waiting problem={problem} />
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <p className="text-muted">
        {shown.invitedBy} has invited you as <span className="break-all text-text">{shown.email}</span>. Choose a
        password, and you are in.
      </p>
      <input type="hidden" name="username" autoComplete="username" value={shown.email} readOnly />
      <Field label="Name" hint="As the audit log and others see it." error={fields['name']}>
        {(field) => (
          <TextInput {...field} name="name" autoComplete="name" required maxLength={100} defaultValue={shown.name} />
        )}
      </Field>
      <Field label="Password" hint="At least 12 characters." error={fields['password']}>
        {(field) => (
          <TextInput
            {...field}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={200}
          />
        )}
      </Field>
      <Field label="Password again" error={fields['again']}>
        {(field) => (
          <TextInput {...field} name="again" type="password" autoComplete="new-password" required maxLength={200} />
        )}
      </Field>
      <Problem sentence={problem} />
      <Button type="submit" tone="strong" isBusy={isBusy} className="h-10">
        {isBusy ? 'Coming in' : 'Come in'}
      </Button>
    </form>
  )
}

function Waiting({ problem }: { problem: string | null }) {
  const [isBare, setIsBare] = useState(false)
  // Told after a moment: the address is read only once the page is alive.
  useEffect(() => {
    const timer = setTimeout(() => setIsBare(true), 1_500)
    return () => clearTimeout(timer)
  }, [])
  if (problem !== null) return <Problem sentence={problem} />
  if (isBare) return <Problem sentence="This address is no invitation: open the link that you were given, whole." />
  return <Skeleton className="h-64" />
}

function Problem({ sentence }: { sentence: string | null }) {
  return (
    <p role="alert" className="flex items-start gap-2.5 empty:hidden">
      {sentence === null ? null : (
        <>
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{sentence}</span>
        </>
      )}
    </p>
  )
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}
