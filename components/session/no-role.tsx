'use client'

import Link from 'next/link'
import { paths } from '#components/paths.ts'
import { Button, button } from '#components/ui/button.tsx'
import { signOut } from './sign-out.ts'

/** What is shown in place of every page but the account for whoever is signed in and has been given nothing. */
export function NoRole({ name, email, rightsRest }: { name: string; email: string; rightsRest: boolean }) {
  return (
    <main className="mx-auto grid w-[min(40rem,100%)] gap-5 px-4 py-[8vh]">
      <header className="grid gap-2">
        <h1 className="text-2xl font-semibold tracking-[-0.025em]">
          {rightsRest ? 'Your roles rest' : 'Nobody has given you a role yet'}
        </h1>
        <p className="text-md text-muted">
          {name}, you are signed in as <span className="break-words text-text">{email}</span>, and there is nothing here
          that you may see.{' '}
          {rightsRest
            ? 'What your groups give you counts for some days after each sign-in with your company’s provider: sign out here, and sign in with it again.'
            : 'Ask an administrator of this console for a role: for all clusters, or for those that you work with.'}
        </p>
        <p className="text-muted">
          {rightsRest ? '' : 'It counts at once: look again when you have been given one. '}Your password, second
          factors and sessions are yours meanwhile.
        </p>
      </header>
      <div className="flex flex-wrap gap-2">
        <Button tone="strong" onClick={() => location.reload()}>
          Look again
        </Button>
        <Link href={paths.account()} className={button()}>
          Your account
        </Link>
        <Button tone="quiet" onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </main>
  )
}
