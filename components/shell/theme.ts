'use client'

import { useSyncExternalStore } from 'react'

export type Theme = 'dark' | 'light'

/** The theme on the page now; `public/theme.js` has set it before the first paint. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'dark')
}

export function toggleTheme() {
  const next = read() === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset['theme'] = next
  try {
    localStorage.setItem('matriarch-theme', next)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function read(): Theme {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

function subscribe(listener: () => void) {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
