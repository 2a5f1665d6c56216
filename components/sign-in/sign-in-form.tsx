'use client'

import { useEffect, useRef, useState, useSyncExternalStore, type FormEvent } from 'react'
import { knowsPasskeys } from '#components/proof/passkey.ts'
import { findWanted, givePasskey, type Wanted } from '#components/session/give-second-factor.ts'
import { signIn } from '#components/session/sign-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { SecondStep } from './second-step.tsx'

interface SignInFormProps {
  /** Where to go once signed in. */
  next: string
  /** What is known to be wrong before anything was tried. */
  notice: string | null
  /** What a sign-in that was begun still wants; null = none was. */
  begun: Wanted | null
}

export function SignInForm({ next, notice, begun }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState(notice)
  const [isBusy, setIsBusy] = useState(false)
  const [wanted, setWanted] = useState<Wanted | null>(begun)
  const hasPasskeys = useSyncExternalStore(never, mayHavePasskeys, () => false)

  // The document's focus is the outside system; on a phone it would throw up the keyboard before anything was read.
  useEffect(() => {
    if (!matchMedia('(pointer: fine)').matches || document.activeElement !== document.body) return
    const email = fieldOf(form.current, 'email')
    const target = email?.value === '' ? email : fieldOf(form.current, 'password')
    target?.focus()
  }, [])

  const enter = () => location.assign(next)
  const enterByPasskey = async () => {
    if (isBusy) return
    setIsBusy(true)
    setProblem(null)
    const outcome = await givePasskey()
    if ('isSignedIn' in outcome) return enter()
    setProblem(outcome.problem)
    setIsBusy(false)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const fields = new FormData(event.currentTarget)
    setIsBusy(true)
    setProblem(null)
    const result = await signIn(textOf(fields, 'email'), textOf(fields, 'password'), next)
    if ('goTo' in result) {
      const still = await findWanted().catch(() => null)
      if (still === null) return enter()
      setWanted(still)
      setIsBusy(false)
      return
    }
    setProblem(result.problem)
    setIsBusy(false)
    fieldOf(form.current, 'password')?.select()
  }

  if (wanted) return <SecondStep wanted={wanted} onSignedIn={enter} onBack={() => setWanted(null)} />
  return (
    // Before the page is alive, a press must not carry the password into the address: hence POST.
    <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      <Field label="E-mail">
        {(field) => (
          <TextInput
            {...field}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            required
            className="h-10"
          />
        )}
      </Field>
      <Field label="Password">
        {(field) => (
          <TextInput
            {...field}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={200}
            className="h-10"
          />
        )}
      </Field>
      <p role="alert" className="flex items-start gap-2.5 empty:hidden">
        {problem === null ? null : (
          <>
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{problem}</span>
          </>
        )}
      </p>
      <Button type="submit" tone="strong" isBusy={isBusy} className="h-10">
        {isBusy ? 'Signing in' : 'Sign in'}
      </Button>
      {hasPasskeys ? (
        <Button isBusy={isBusy} onClick={() => void enterByPasskey()} className="h-10">
          Use a passkey
        </Button>
      ) : null}
    </form>
  )
}

function fieldOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const field = form?.elements.namedItem(name)
  return field instanceof HTMLInputElement ? field : null
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

// Browsers give passkeys only to a name with https, and to localhost.
function mayHavePasskeys(): boolean {
  return isSecureContext && knowsPasskeys() && !/^[\d.]+$|^\[/.test(location.hostname)
}

function never() {
  return () => {}
}
