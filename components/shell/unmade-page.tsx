'use client'

import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { unmadeSentence } from './unmade-sentence.ts'
import { usePageAgain } from './use-page-again.ts'

/** Stands where a page could not be made, and asks the server for it again until it can. */
export function UnmadePage({ reset }: { reset: () => void }) {
  const again = usePageAgain(reset)
  return <ErrorPanel sentence={unmadeSentence} onRetry={again} />
}
