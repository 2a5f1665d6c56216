'use client'

import { useEffect, useState } from 'react'

/** A value once it has stayed the same for a moment, so that nothing is asked at every letter. */
export function useSettled<T>(value: T, afterMs = 300): T {
  const [settled, setSettled] = useState(value)
  // Time is the outside system.
  useEffect(() => {
    if (Object.is(settled, value)) return
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [settled, value, afterMs])
  return settled
}
