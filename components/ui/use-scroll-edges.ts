'use client'

import { useEffect, useRef, useState } from 'react'

export type MoreSide = 'none' | 'left' | 'right' | 'both'

/** On which sides a bar that scrolls has more to show. What is marked as current inside is brought into view whenever `current` is another. */
export function useScrollEdges<Target extends HTMLElement>(current: string) {
  const ref = useRef<Target>(null)
  const [hasMore, setHasMore] = useState<MoreSide>('none')

  // The browser's layout is the outside system.
  useEffect(() => {
    const bar = ref.current
    if (!bar) return
    const look = () => setHasMore(moreSide(bar))
    const observer = new ResizeObserver(look)
    observer.observe(bar)
    bar.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      bar.removeEventListener('scroll', look)
    }
  }, [])

  useEffect(() => {
    const bar = ref.current
    if (!bar) return
    const bring = () => {
      const open = bar.querySelector('[aria-current]')
      if (open instanceof HTMLElement) bar.scrollLeft = open.offsetLeft - (bar.clientWidth - open.offsetWidth) / 2
    }
    // A font that comes later makes every tab before it wider, and the open one slides out of view.
    const observer = new ResizeObserver(bring)
    for (const each of [bar, ...bar.children]) observer.observe(each)
    return () => observer.disconnect()
  }, [current])

  return { ref, hasMore }
}

/** A pixel of rounding is not more. */
export function moreSide({
  scrollLeft,
  scrollWidth,
  clientWidth,
}: Pick<Element, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>): MoreSide {
  const isLeft = scrollLeft > 1
  const isRight = scrollLeft + clientWidth < scrollWidth - 1
  if (isLeft && isRight) return 'both'
  if (isLeft) return 'left'
  return isRight ? 'right' : 'none'
}
