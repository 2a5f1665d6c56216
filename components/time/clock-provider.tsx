'use client'

import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Clock } from './clock.ts'

const ClockContext = createContext<Clock | null>(null)

/** Gives the tab one clock that follows the server's, whatever the viewer's machine believes. */
export function ClockProvider({ serverNow, children }: { serverNow: Date; children: ReactNode }) {
  const [clock] = useState(() => new Clock(serverNow))
  // The timer is the outside system.
  useEffect(() => clock.start(serverNow), [clock, serverNow])
  return <ClockContext value={clock}>{children}</ClockContext>
}

export function useClock(): Clock {
  const clock = use(ClockContext)
  if (!clock) throw new Error('useClock needs a ClockProvider above it.')
  return clock
}

/** The server's time, a new value each second and with each message. */
export function useNow(): Date {
  const clock = useClock()
  return useSyncExternalStore(clock.subscribe, clock.read, clock.readFirst)
}
