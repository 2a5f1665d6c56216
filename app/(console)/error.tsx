'use client'

import { useEffect } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'

export default function ConsoleError({ reset }: { error: Error; reset: () => void }) {
  // Time is the outside system: what is down now is looked for again without a hand.
  useEffect(() => {
    const timer = setTimeout(reset, 5000)
    return () => clearTimeout(timer)
  }, [reset])
  return (
    <ErrorPanel
      sentence="The console could not make this page. Its own store may be out of reach; it tries again every 5 s."
      onRetry={reset}
    />
  )
}
