'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** An act the open page offers, also to the palette. */
export interface PageAct {
  label: string
  /** Where it cannot be done now: why. */
  reason: string | null
  run: () => void
}

/** Offers acts to the palette while the page is open. */
export function useOfferActs(acts: readonly PageAct[]) {
  // The list of offered acts lives outside React, because the palette stands elsewhere in the tree.
  useEffect(() => {
    publish(acts)
    return () => publish(none)
  }, [acts])
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
let offered: readonly PageAct[] = none

function publish(acts: readonly PageAct[]) {
  offered = acts
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
