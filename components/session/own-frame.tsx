'use client'

import type { ReactNode } from 'react'
import { paths } from '#components/paths.ts'
import { Button, button } from '#components/ui/button.tsx'
import { Toaster } from '#components/ui/toast.tsx'
import { TooltipLayer } from '#components/ui/tooltip-layer.tsx'
import { signOut } from './sign-out.ts'

/** What stands around the account of whoever has no role: no way leads into the console, and nothing of it is listened to. */
export function OwnFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <main className="mx-auto grid w-full max-w-[64rem] gap-6 px-7 pt-8 pb-12 phone:px-4 phone:pt-5">
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <h1 className="text-2xl font-semibold tracking-[-0.025em]">Your account</h1>
          <div className="-mx-3.5 flex flex-wrap gap-1">
            {/* Read anew: whoever was given a role meanwhile finds the console around what they see. */}
            <a href={paths.fleet()} className={button({ tone: 'quiet' })}>
              Back
            </a>
            <Button tone="quiet" onClick={() => void signOut()}>
              Sign out
            </Button>
          </div>
        </header>
        {children}
        <TooltipLayer />
      </main>
      <Toaster />
    </>
  )
}
