'use client'

import { useEffect, useEffectEvent } from 'react'
import { setQueryParams, useQueryParam } from './use-query-params.ts'

/** Begins what the address asks for with `act`, once, and takes it out of the address again. */
export function useAskedAct(begin: (act: string) => void) {
  const [act] = useQueryParam('act')
  const beginNow = useEffectEvent(begin)
  // The address is the outside system.
  useEffect(() => {
    if (act === '') return
    beginNow(act)
    // On a fresh page Next begins to follow the address only after the effects of what is on it.
    queueMicrotask(() => setQueryParams({ act: '' }))
  }, [act])
}
