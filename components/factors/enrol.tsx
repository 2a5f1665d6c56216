'use client'

import { signOut } from '#components/session/sign-out.ts'
import { Button } from '#components/ui/button.tsx'
import { OwnFactors } from './own-factors.tsx'

/** What comes before anything else where a second factor is required and there is none yet. */
export function Enrol({ next }: { next: string }) {
  return (
    <main className="mx-auto grid w-[min(40rem,100%)] gap-5 px-4 py-[8vh]">
      <header className="grid gap-1">
        <h1 className="text-2xl font-semibold tracking-[-0.025em]">A second factor first</h1>
        <p className="text-md text-muted">
          Whoever may act on this console needs one. Register yours, keep the recovery codes, and you go on.
        </p>
      </header>
      <OwnFactors onRegistered={() => location.assign(next)} />
      <Button tone="quiet" size="small" className="justify-self-start" onClick={() => void signOut()}>
        Sign out
      </Button>
    </main>
  )
}
