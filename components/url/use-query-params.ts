'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** One filter in the address, so that a view can be kept and sent; '' where it is absent. */
export function useQueryParam(name: string): [string, (value: string) => void] {
  const value = useSearchParams().get(name) ?? ''
  const set = useCallback((next: string) => setQueryParams({ [name]: next }), [name])
  return [value, set]
}

/** Changes filters in the address in one step, without loading the page anew; '' takes one away. */
export function setQueryParams(changes: Record<string, string>) {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  if (query.toString() === new URLSearchParams(location.search).toString()) return
  history.replaceState(null, '', query.size === 0 ? location.pathname : `?${query}`)
}
