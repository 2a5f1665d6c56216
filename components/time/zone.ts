'use client'

import { useSyncExternalStore } from 'react'

/** The viewer's time zone; UTC until the page is alive, because the server cannot know it. */
export function useZone(): string {
  return useSyncExternalStore(never, zoneOfBrowser, () => 'UTC')
}

let zone: string | undefined

function zoneOfBrowser(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone
}

function never() {
  return () => undefined
}
