'use client'

import { useLineState } from '#components/live/live-provider.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'

/** Says, above everything, that the console has lost its own store. */
export function StoreBanner() {
  const { storeReachable, storeSentence } = useLineState()
  if (storeReachable) return null
  return (
    <div role="alert" className="flex items-start gap-2.5 border-b border-line bg-bad-soft px-7 py-2.5 phone:px-4">
      <StateIcon tone="bad" className="mt-0.5" />
      <p>
        {storeSentence ?? 'The console does not reach its own store.'} What is shown may be old, and no act can be
        started until it is back.
      </p>
    </div>
  )
}
