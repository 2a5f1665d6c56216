'use client'

import { createContext, use, useState, useSyncExternalStore, type ReactNode } from 'react'

/** The moment that is looked at in all charts of a page; null = none. */
export class ChartCursor {
  #at: Date | null = null
  readonly #listeners = new Set<(by: unknown) => void>()

  /** The listener is told who pointed. */
  readonly subscribe = (listener: (by: unknown) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly read = (): Date | null => this.#at

  point(at: Date | null, by: unknown = null) {
    if (at?.getTime() === this.#at?.getTime()) return
    this.#at = at
    for (const listener of this.#listeners) listener(by)
  }
}

const CursorContext = createContext<ChartCursor | null>(null)

/** Charts inside share one cursor. */
export function ChartCursors({ children }: { children: ReactNode }) {
  const [cursor] = useState(() => new ChartCursor())
  return <CursorContext value={cursor}>{children}</CursorContext>
}

export function useChartCursor(): ChartCursor {
  const cursor = use(CursorContext)
  if (!cursor) throw new Error('useChartCursor needs ChartCursors above it.')
  return cursor
}

/** The moment that is looked at, followed. */
export function useCursorAt(): Date | null {
  const cursor = useChartCursor()
  return useSyncExternalStore(cursor.subscribe, cursor.read, () => null)
}
