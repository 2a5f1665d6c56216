'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import { type LiveNumbers, liveNumbers } from './live-numbers.ts'
import { countOn, noRates } from './live-rates.ts'

/** What passes through each layer of a cluster now; null until it is known. */
export function useLiveNumbers(snapshot: Snapshot, now: Date): LiveNumbers | null {
  const { data } = useQuery(useTRPC().stack.get.queryOptions({ cluster: snapshot.clusterName }))
  const stack = data?.stack ?? null
  const [counted, setCounted] = useState({ stack, rates: stack === null ? noRates : countOn(noRates, stack) })
  if (stack !== null && stack !== counted.stack) setCounted({ stack, rates: countOn(counted.rates, stack) })
  return stack === null ? null : liveNumbers(stack, counted.rates, snapshot, now)
}
