'use client'

import { useEffect, useEffectEvent } from 'react'

/** Esc closes what stands on the page itself; fields and what floats above have it for themselves first. */
export function useEscape(close: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return
    if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return
    close()
  })
  // The keyboard is the outside system.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
