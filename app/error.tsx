'use client'

import { unmadeSentence } from '#components/shell/unmade-sentence.ts'
import { usePageAgain } from '#components/shell/use-page-again.ts'

/**
 * Where even the menu cannot be made, because nobody can be known without the store.
 * Every page fetches this one: it is made of plain elements, so that it adds next to nothing.
 */
export default function FrameError({ reset }: { error: Error; reset: () => void }) {
  const again = usePageAgain(reset)
  return (
    <main className="mx-auto grid min-h-dvh w-[min(34rem,100%)] content-center gap-5 px-6 pb-[6vh]">
      <h1 className="text-2xl font-semibold tracking-[-0.025em]">Matriarch</h1>
      <div role="alert" className="grid justify-items-start gap-3 rounded-lg border border-line bg-panel p-4">
        <p>{unmadeSentence}</p>
        <button type="button" onClick={again} className="font-medium underline underline-offset-4">
          Try again
        </button>
      </div>
    </main>
  )
}
