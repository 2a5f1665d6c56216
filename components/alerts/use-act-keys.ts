'use client'

import { useEffect, type RefObject } from 'react'

/** In a list of rows, `k` acknowledges and `m` silences the row that has the focus: each presses the button that does so. */
export function useActKeys(list: RefObject<HTMLElement | null>) {
  // The keyboard is the outside system.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event
      if (!(target instanceof HTMLElement) || !list.current?.contains(target)) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (target.matches('input, textarea, select')) return
      const act = actOf(event.key)
      const button = act && target.closest('[data-row]')?.querySelector<HTMLElement>(`[data-act="${act}"]`)
      if (!button) return
      event.preventDefault()
      button.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [list])
}

function actOf(key: string): string | null {
  if (key === 'k') return 'acknowledge'
  return key === 'm' ? 'silence' : null
}
