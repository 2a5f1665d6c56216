'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useEffectEvent } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'

/** Stands where a page could not be made, and asks the server for it again until it can. */
export function UnmadePage({ reset }: { reset: () => void }) {
  const router = useRouter()
  const again = () =>
    startTransition(() => {
      // The failure is kept with what the server sent: that must be asked for anew.
      router.refresh()
      reset()
    })
  const tick = useEffectEvent(again)
  // Time is the outside system: what is down now is looked for again without a hand.
  useEffect(() => {
    const timer = setInterval(tick, 5000)
    return () => clearInterval(timer)
  }, [])
  return (
    <ErrorPanel
      sentence="The console could not make this page. Its own store may be out of reach; it tries again every 5 s."
      onRetry={again}
    />
  )
}
