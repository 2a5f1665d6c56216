'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'

/** An act the open page offers, also to the palette. */
export interface PageAct {
  label: string
  /** Where it cannot be done now: why. */
  reason: string | null
  run: () => void
}

/** Offers acts to the palette while the page is open. Only a change in what they say is told; what they do is always the newest. */
export function useOfferActs(acts: readonly PageAct[]) {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  const told = JSON.stringify(acts.map(({ label, reason }) => ({ label, reason })))
  // The offers live outside React, because the palette stands elsewhere in the tree.
  useEffect(() => {
    const offer = latest.current.map((act, index) => ({ ...act, run: () => latest.current[index]?.run() }))
    offers.add(offer)
    publish()
    return () => {
      offers.delete(offer)
      publish()
    }
  }, [told])
}

export function useOfferedActs(): readonly PageAct[] {
  return useSyncExternalStore(
    subscribe,
    () => offered,
    () => none,
  )
}

const none: readonly PageAct[] = []
const listeners = new Set<() => void>()
/** Several parts of a page may offer. */
const offers = new Set<readonly PageAct[]>()
let offered: readonly PageAct[] = none

function publish() {
  offered = offers.size === 0 ? none : [...offers].flat()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
