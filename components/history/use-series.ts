'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RangeWindow } from '#components/range/range-window.ts'
import { useTRPC } from '#components/trpc/context.ts'
import type { SeriesName } from '#domain/samples/series.ts'

interface Asked {
  cluster: string
  window: RangeWindow
  series: readonly SeriesName[]
  /** False where nothing is to be asked now: what is known stays. */
  isWanted: boolean
  /** How often it is asked for again, ms. */
  refreshMs?: number | false
}

/** The points of some series in a window. Whoever asks for the same shares the answer; while the next is on its way the last one stands. */
export function useSeries({ cluster, window, series, isWanted, refreshMs = false }: Asked) {
  const { from, to, points } = window
  return useQuery(
    useTRPC().history.series.queryOptions(
      { cluster, from, to, points, series: [...series] },
      {
        enabled: isWanted && series.length > 0,
        placeholderData: keepPreviousData,
        // A window that has passed stays as it is; one that moves is another question.
        staleTime: 60_000,
        gcTime: 60_000,
        refetchInterval: refreshMs,
      },
    ),
  )
}
