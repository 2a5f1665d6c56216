'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { type LiveNumbers, liveNumbers } from './live-numbers.ts'
import { countOn, noRates } from './live-rates.ts'

/** What passes through each layer of a cluster now; null until it is known. */
export function useLiveNumbers(snapshot: Snapshot, now: Date): LiveNumbers | null {
  const { data } = useQuery(useTRPC().stack.traffic.queryOptions({ cluster: snapshot.clusterName }))
  const traffic = data?.traffic ?? null
  const [counted, setCounted] = useState({ traffic, rates: traffic === null ? noRates : countOn(noRates, traffic) })
  if (traffic !== null && traffic !== counted.traffic) setCounted({ traffic, rates: countOn(counted.rates, traffic) })
  return traffic === null ? null : liveNumbers(traffic, counted.rates, snapshot, now)
}
