'use client'

import { useSyncExternalStore } from 'react'

const wide = '(width >= 64rem)'

/** Whether a record fits beside the list; taken for granted until the page is alive. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(wide).matches,
    () => true,
  )
}

function subscribe(listener: () => void) {
  const query = matchMedia(wide)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
