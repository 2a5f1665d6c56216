'use client'

import { UnmadePage } from '#components/shell/unmade-page.tsx'

/** Where even the menu cannot be made, because nobody can be known without the store. */
export default function FrameError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh w-[min(34rem,100%)] content-center gap-5 px-6 pb-[6vh]">
      <h1 className="text-2xl font-semibold tracking-[-0.025em]">Matriarch</h1>
      <UnmadePage reset={reset} />
    </main>
  )
}
