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
  const address = changedAddress(changes)
  if (address !== null) history.replaceState(null, '', address)
}

/** The same as a step of its own, which "back" undoes. */
export function pushQueryParams(changes: Record<string, string>) {
  const address = changedAddress(changes)
  if (address !== null) history.pushState(null, '', address)
}

/** Null where nothing would be different. */
function changedAddress(changes: Record<string, string>): string | null {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  if (query.toString() === new URLSearchParams(location.search).toString()) return null
  return query.size === 0 ? location.pathname : `?${query}`
}
