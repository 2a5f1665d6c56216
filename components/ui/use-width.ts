'use client'

import { useEffect, useRef, useState } from 'react'

/** The width of an element, followed as it changes; before it is known, the width most desks give it. */
export function useWidth<Target extends Element>(before: number) {
  const ref = useRef<Target>(null)
  const [width, setWidth] = useState(before)

  // The browser's layout is the outside system.
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  return { ref, width }
}
