'use client'

import { useMemo, useState } from 'react'
import { windowOf } from '#components/range/range-window.ts'
import { useClock } from '#components/time/clock-provider.tsx'
import { oldestIn } from './chart-lines.ts'
import { useSeries } from './use-series.ts'

/** About when the samples of a cluster begin, to two days; null where there are none, undefined while it is not known. */
export function useFirstSample(cluster: string): Date | null | undefined {
  const clock = useClock()
  const [window] = useState(() => {
    const to = clock.read()
    return windowOf({ kind: 'fixed', from: new Date(to.getTime() - twoYearsMs), to }, to)
  })
  const { data } = useSeries({ cluster, window, series, isWanted: true })
  return useMemo(() => (data === undefined ? undefined : oldestIn(data)), [data])
}

const series = [{ kind: 'cluster', member: null, metric: 'membersRunning' }] as const
const twoYearsMs = 730 * 86_400_000
