'use client'

import { useEffect, useRef, type RefObject } from 'react'

interface Given {
  /** Keys of the lines that can be selected, in order. */
  keys: readonly string[]
  selected: string | null
  onSelect: (key: string) => void
  onOpen: (key: string) => void
  filter: RefObject<HTMLElement | null>
}

/** Arrows move the selection from wherever the focus is, the filter included; Enter in the filter opens what is selected. */
export function useFleetKeys(given: Given) {
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })

  // The keyboard is the outside system.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { keys, selected, onSelect, onOpen, filter } = latest.current
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isElsewhere(event.target, filter.current))
        return
      // Not the focused element: the filter itself may have moved the focus at this key.
      const isInFilter = event.target instanceof Node && filter.current?.contains(event.target) === true
      const present = selected === null ? -1 : keys.indexOf(selected)
      if (event.key === 'Enter') {
        const key = keys[Math.max(0, present)]
        if (!isInFilter || key === undefined) return
        event.preventDefault()
        onOpen(key)
        return
      }
      const next = placeAfter(event.key, present, keys.length, isInFilter)
      if (next === null) return
      event.preventDefault()
      const key = keys[next]
      if (key === undefined) filter.current?.querySelector('input')?.focus()
      else onSelect(key)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

/** The place a key leads to; -1 = back into the filter, null = the key means something else. */
export function placeAfter(key: string, present: number, size: number, isInFilter: boolean): number | null {
  const last = size - 1
  if (key === 'ArrowDown') return Math.min(isInFilter ? Math.max(0, present) : present + 1, last)
  if (key === 'ArrowUp') return isInFilter ? null : Math.max(present - 1, -1)
  if (isInFilter) return null
  if (key === 'PageDown') return Math.min(present + 10, last)
  if (key === 'PageUp') return Math.max(present - 10, 0)
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}

function isElsewhere(target: EventTarget | null, filter: HTMLElement | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return true
  if (!(target instanceof HTMLElement)) return false
  return target.matches('input, select, textarea') && filter?.contains(target) !== true
}
