'use client'

import { useEffect, type RefObject } from 'react'

/**
 * Arrows, Home and End move the focus among what carries `data-row` in the list, and an arrow enters it from the page itself;
 * Enter on a row opens what it leads to. A filter enters it by ArrowDown of its own.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>) {
  // The keyboard is the outside system.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { current } = list
      if (!current || !(event.target instanceof HTMLElement)) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return
      const present = event.target.closest<HTMLElement>('[data-row]')
      const isIn = present !== null && current.contains(present)
      if (!isIn && !event.target.matches('body, main')) return
      if (event.key === 'Enter' && isIn && present === event.target) {
        if (!present.matches('a')) present.querySelector('a')?.click()
        return
      }
      const rows = [...current.querySelectorAll<HTMLElement>('[data-row]')]
      const next = placeAfter(event.key, isIn ? rows.indexOf(present) : -1, rows.length)
      const row = next === null ? undefined : rows[next]
      if (!row) return
      event.preventDefault()
      row.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [list])
}

/** The place a key leads to; -1 = from outside the list, null = the key means something else there. */
function placeAfter(key: string, present: number, size: number): number | null {
  if (key === 'ArrowDown') return present + 1
  if (present < 0) return null
  if (key === 'ArrowUp') return present - 1
  if (key === 'Home') return 0
  return key === 'End' ? size - 1 : null
}
