'use client'

import { useEffect } from 'react'
import { useLine } from './live-provider.tsx'

/** Stands at the end of every page: once it is there, the tab may hear of changes. */
export function PageStands() {
  const line = useLine()
  useEffect(() => line.standPage(), [line])
  return null
}
