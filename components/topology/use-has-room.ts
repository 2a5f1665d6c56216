'use client'

import { useSyncExternalStore } from 'react'

const roomy = '(width >= 48rem)'

/** Whether the window is wide enough to draw; taken for granted until the page is alive. */
export function useHasRoom(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(roomy).matches,
    () => true,
  )
}

function subscribe(listener: () => void) {
  const query = matchMedia(roomy)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
