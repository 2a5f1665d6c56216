'use client'

import { useSyncExternalStore } from 'react'

export type Theme = 'dark' | 'light'

/** The theme on the page now; `public/theme.js` has set it before the first paint. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'dark')
}

/** What was chosen for this browser; `system` = as the machine has it. */
export type ThemeChoice = Theme | 'system'

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, readChoice, () => 'dark')
}

export function toggleTheme() {
  chooseTheme(read() === 'dark' ? 'light' : 'dark')
}

export function chooseTheme(choice: ThemeChoice) {
  try {
    localStorage.setItem('matriarch-theme', choice)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  const isLight = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset['theme'] = isLight ? 'light' : 'dark'
}

function readChoice(): ThemeChoice {
  try {
    const choice = localStorage.getItem('matriarch-theme')
    return choice === 'light' || choice === 'system' ? choice : 'dark'
  } catch {
    return read()
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
