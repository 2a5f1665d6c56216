'use client'

import { useState } from 'react'

/** True from the first time the value was true: what was opened once stays to close gracefully. */
export function useOnceTrue(value: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(value)
  if (value && !wasTrue) setWasTrue(true)
  return wasTrue
}
