'use client'

import { useEffect, useRef, useState } from 'react'

interface Range {
  first: number
  last: number
  /** Height of one row now, in pixels. */
  rowPx: number
}

/** Which rows of one fixed height stand in or near the window; before it is known, the first screenful. */
export function useVisibleRange<Target extends Element>(count: number, heights: { desk: number; phone: number }) {
  const ref = useRef<Target>(null)
  const [range, setRange] = useState<Range>({ first: 0, last: 40, rowPx: 0 })
  const { desk, phone } = heights

  // The window's scrolling is the outside system.
  useEffect(() => {
    const isPhone = matchMedia('(width < 48rem)')
    let frame = 0
    const look = () => {
      frame = 0
      const top = ref.current?.getBoundingClientRect().top ?? 0
      const rowPx = isPhone.matches ? phone : desk
      const first = Math.max(0, stepDown(-top / rowPx) - around)
      const last = Math.min(count, stepDown((innerHeight - top) / rowPx) + step + around)
      setRange((known) =>
        known.first === first && known.last === last && known.rowPx === rowPx ? known : { first, last, rowPx },
      )
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    const signal = new AbortController()
    addEventListener('scroll', soon, { passive: true, signal: signal.signal })
    addEventListener('resize', soon, { signal: signal.signal })
    look()
    return () => {
      cancelAnimationFrame(frame)
      signal.abort()
    }
  }, [count, desk, phone])

  return { ref, range }
}

/** Rows kept beyond the window on each side, and the step by which the range moves. */
const around = 16
const step = 8

function stepDown(row: number): number {
  return Math.floor(row / step) * step
}
