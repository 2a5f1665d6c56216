'use client'

import { useMemo } from 'react'
import { useNow } from './clock-provider.tsx'

/** The server's time in steps of 5 s, for what is worked out anew with it and does not change each second. */
export function useCoarseNow(): Date {
  const ms = Math.floor(useNow().getTime() / stepMs) * stepMs
  return useMemo(() => new Date(ms), [ms])
}

const stepMs = 5_000
