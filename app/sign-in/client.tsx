'use client'

import { useState, type FormEvent } from 'react'
import { signIn } from '#components/session/sign-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

export function SignInForm({ next }: { next: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const fields = new FormData(event.currentTarget)
    setIsBusy(true)
    setProblem(null)
    const result = await signIn(textOf(fields, 'email'), textOf(fields, 'password'), next)
    if ('goTo' in result) {
      location.assign(result.goTo)
    } else {
      setProblem(result.problem)
      setIsBusy(false)
    }
  }

  return (
    <main className="grid min-h-dvh place-content-center px-6 pb-[10vh]">
      <form onSubmit={(event) => void submit(event)} className="grid w-[min(20rem,calc(100vw-3rem))] gap-5">
        <div className="grid gap-1 pb-2">
          <svg viewBox="0 0 18 18" aria-hidden="true" className="mb-4 size-8">
            <circle cx="9" cy="9" r="7.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
            <circle cx="9" cy="9" r="2.8" fill="currentColor" />
          </svg>
          <h1 className="text-2xl font-medium tracking-[-0.02em]">Sign in to Matriarch</h1>
        </div>
        <Field label="E-mail">
          {(field) => <TextInput {...field} name="email" type="email" autoComplete="username" required />}
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
            />
          )}
        </Field>
        <p role="alert" className="flex items-start gap-2 empty:hidden">
          {problem === null ? null : (
            <>
              <StateIcon tone="bad" className="mt-[3px]" />
              <span>{problem}</span>
            </>
          )}
        </p>
        <Button type="submit" isBusy={isBusy} className="border-line-strong">
          Sign in
        </Button>
      </form>
    </main>
  )
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}
