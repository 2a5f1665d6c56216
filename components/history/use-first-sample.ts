'use client'

import { useMemo } from 'react'
import { useRangeWindow } from '#components/range/use-time-range.ts'
import { oldestIn } from './chart-lines.ts'
import { useSeries } from './use-series.ts'

/** About when the samples of a cluster begin, to the day; null where there are none, undefined while it is not known. */
export function useFirstSample(cluster: string, isWanted: boolean): Date | null | undefined {
  const window = useRangeWindow(year)
  const { data } = useSeries({ cluster, window, series, isWanted })
  return useMemo(() => (data === undefined ? undefined : oldestIn(data)), [data])
}

const year = { kind: 'last', last: '1y' } as const
const series = [{ kind: 'cluster', member: null, metric: 'membersRunning' }] as const
