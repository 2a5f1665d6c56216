'use client'

import { UnmadePage } from '#components/shell/unmade-page.tsx'

export default function ConsoleError({ reset }: { error: Error; reset: () => void }) {
  return <UnmadePage reset={reset} />
}
