'use client'

import { useEffect, useRef, useState } from 'react'
import { withSeen } from './wanted-series.ts'

interface OnScreen<Id> {
  /** What can be seen now, or nearly. */
  visible: ReadonlySet<Id>
  /** What has been seen, by what came into sight together. */
  groups: readonly (readonly Id[])[]
}

/** Follows which of the elements marked with `data-section` inside are on the screen. */
export function useOnScreen<Target extends Element, Id extends string>(ids: readonly Id[], isThere: boolean) {
  const ref = useRef<Target>(null)
  const [state, setState] = useState<OnScreen<Id>>({ visible: new Set(), groups: [] })

  // What is on the screen is the outside system.
  useEffect(() => {
    if (!ref.current || !isThere) return
    const observer = new IntersectionObserver(
      (entries) =>
        setState((last) => {
          const visible = new Set(last.visible)
          for (const { target, isIntersecting } of entries) {
            const id = ids.find((each) => each === target.getAttribute('data-section'))
            if (id === undefined) continue
            if (isIntersecting) visible.add(id)
            else visible.delete(id)
          }
          const seen = ids.filter((id) => visible.has(id))
          return { visible, groups: withSeen(last.groups, seen) }
        }),
      { rootMargin: '240px 0px' },
    )
    for (const element of ref.current.querySelectorAll('[data-section]')) observer.observe(element)
    return () => observer.disconnect()
  }, [ids, isThere])

  return { ref, ...state }
}
