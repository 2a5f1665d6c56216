'use client'

import { useState, useSyncExternalStore } from 'react'
import type { StoredEvent } from '#domain/event.ts'

/** New events wait above while the page is scrolled down, so that nothing moves under the reading eye. */
export function useHeldEvents(events: readonly StoredEvent[]): { shown: readonly StoredEvent[]; waiting: number } {
  const isAway = useSyncExternalStore(subscribe, isScrolled, () => false)
  const [heldId, setHeldId] = useState<number | null>(null)
  const newest = events[0]?.id ?? null
  const wanted = isAway ? (heldId ?? newest) : null
  if (wanted !== heldId) setHeldId(wanted)
  if (wanted === null) return { shown: events, waiting: 0 }
  const shown = events.filter((event) => event.id <= wanted)
  return { shown, waiting: events.length - shown.length }
}

function isScrolled(): boolean {
  return scrollY > 240
}

function subscribe(listener: () => void) {
  addEventListener('scroll', listener, { passive: true })
  return () => removeEventListener('scroll', listener)
}
