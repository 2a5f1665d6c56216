'use client'

import { useSyncExternalStore } from 'react'

/** Says a sentence politely to those who listen to the page instead of seeing it. */
export function announce(sentence: string) {
  waiting.push(sentence)
  if (waiting.length > 1) return
  // A region speaks only its newest text: what comes together is said together.
  setTimeout(() => {
    spoken = { sentence: waiting.splice(0).join(' '), turn: spoken.turn + 1 }
    for (const listener of listeners) listener()
  }, gatherMs)
}

const gatherMs = 100
const waiting: string[] = []

export function Announcer() {
  const { sentence, turn } = useSyncExternalStore(
    subscribe,
    () => spoken,
    () => silent,
  )
  return (
    <div role="status" aria-live="polite" aria-atomic="true" className="sr-only">
      {/* A changing last character makes the same sentence be read again. */}
      {sentence + (turn % 2 === 0 ? '' : '\u00A0')}
    </div>
  )
}

const silent = { sentence: '', turn: 0 }
const listeners = new Set<() => void>()
let spoken = silent

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
