'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { useClock } from '#components/time/clock-provider.tsx'
import { pushQueryParams } from '#components/url/use-query-params.ts'
import { refreshOf, stepOf, windowOf, type RangeWindow } from './range-window.ts'
import { rangeParams, readRange, type TimeRange } from './time-range.ts'

/** The one range of a page, as its address says; each change is a step that "back" undoes. */
export function useTimeRange(): [TimeRange, (range: TimeRange) => void] {
  const query = useSearchParams()
  const range = useMemo(() => readRange(query), [query])
  const set = useCallback((next: TimeRange) => pushQueryParams(rangeParams(next)), [])
  return [range, set]
}

/** The window of the range: where it ends now it moves with the clock, a step at a time, and stands while the live view is paused. */
export function useRangeWindow(range: TimeRange): RangeWindow {
  const beatMs = range.kind === 'last' ? stepOf(range) : standing
  const beat = useBeat(beatMs)
  return useMemo(() => windowOf(range, new Date(beat * beatMs)), [range, beat, beatMs])
}

/** How often the window is asked for again beside that, ms; false = never. */
export function useRangeRefresh(range: TimeRange): number | false {
  const isPaused = useLineState().phase === 'paused'
  return isPaused ? false : refreshOf(range)
}

/** Longer than any page stays open: the clock never reaches its next beat. */
const standing = 1e15

/** The beat that now is in, counted by its end. */
function useBeat(beatMs: number): number {
  const clock = useClock()
  const isPaused = useLineState().phase === 'paused'
  const heldAt = useRef<Date | null>(null)
  const count = (read: () => Date) => {
    if (!isPaused || heldAt.current === null) heldAt.current = read()
    return Math.ceil(heldAt.current.getTime() / beatMs)
  }
  return useSyncExternalStore(
    clock.subscribe,
    () => count(clock.read),
    () => count(clock.readFirst),
  )
}
