'use client'

import { useSyncExternalStore } from 'react'

/** The address of this page as the browser names it; null while the server renders, which is not asked for by name. */
export function useOrigin(): string | null {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => null,
  )
}

function never() {
  return () => {}
}
