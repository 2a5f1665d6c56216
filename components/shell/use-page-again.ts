import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useEffectEvent } from 'react'

/** Asks the server for a page that could not be made, every 5 s and when told to, until it can. */
export function usePageAgain(reset: () => void): () => void {
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
  return again
}
