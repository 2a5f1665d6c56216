'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ChartMark } from '#components/charts/place-marks.ts'
import type { RangeWindow } from '#components/range/range-window.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { historyMarks, markedKinds, type MarkSort } from './history-marks.ts'

interface Given {
  cluster: string
  window: RangeWindow
  isFollowing: boolean
  sorts: readonly MarkSort[]
}

/** What happened in a window, oldest first, and whether there was more than is marked. */
export function useHistoryMarks({ cluster, window, isFollowing, sorts }: Given): {
  marks: readonly ChartMark[]
  hasMore: boolean
} {
  const trpc = useTRPC()
  // A window that moves is asked from the full hour, so that the question is not another one with each beat.
  const since = new Date(Math.floor(window.from.getTime() / hourMs) * hourMs)
  const asked = {
    cluster,
    kinds: markedKinds,
    since,
    limit: markedAtMost,
    ...(isFollowing ? {} : { until: window.to }),
  }
  const { data: listed } = useQuery(trpc.events.list.queryOptions(asked, { placeholderData: keepPreviousData }))
  const { data: done } = useQuery(trpc.operations.list.queryOptions({ cluster }))
  const { data: warned } = useQuery(
    trpc.alerts.list.queryOptions(
      { cluster, states: ['firing', 'resolved'], since, limit: markedAtMost },
      { placeholderData: keepPreviousData, refetchInterval: isFollowing ? followedMs : false },
    ),
  )
  const marks = useMemo(
    () =>
      historyMarks({
        events: listed?.events ?? [],
        operations: done?.operations ?? [],
        alerts: warned?.alerts ?? [],
      })
        .filter(({ sort }) => sorts.includes(sort))
        .toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    [listed, done, warned, sorts],
  )
  const oldest = done?.operations.at(-1)?.requestedAt
  const hasMoreDone = done != null && done.nextBefore !== null && oldest !== undefined && oldest > window.from
  const hasMore = {
    events: listed != null && listed.nextBefore !== null,
    operations: hasMoreDone,
    alerts: warned?.alerts.length === markedAtMost,
  } satisfies Record<MarkSort, boolean>
  return { marks, hasMore: sorts.some((sort) => hasMore[sort]) }
}

const hourMs = 3_600_000
const markedAtMost = 500
const followedMs = 15_000
