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
  const asked = { cluster, since, limit: markedAtMost, ...(isFollowing ? {} : { until: window.to }) }
  const kept = { placeholderData: keepPreviousData }
  const { data: listed } = useQuery(trpc.events.list.queryOptions({ ...asked, kinds: markedKinds }, kept))
  const { data: done } = useQuery(trpc.operations.list.queryOptions(asked, kept))
  const { data: warned } = useQuery(
    trpc.alerts.list.queryOptions(
      { ...asked, states: ['firing', 'resolved'] },
      { ...kept, refetchInterval: isFollowing ? followedMs : false },
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
  const hasMore = {
    events: listed != null && listed.nextBefore !== null,
    operations: done != null && done.nextBefore !== null,
    alerts: warned?.alerts.length === markedAtMost,
  } satisfies Record<MarkSort, boolean>
  return { marks, hasMore: sorts.some((sort) => hasMore[sort]) }
}

const hourMs = 3_600_000
const markedAtMost = 500
const followedMs = 15_000
