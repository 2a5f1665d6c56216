'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { alertsAsked, incidentsAsked } from './alerts-asked.ts'

/** The alerts and incidents of one cluster, or of all; the live line says when to ask anew, the clock bridges where it is down. */
export function useAlerts(cluster: string | null) {
  const trpc = useTRPC()
  const ask = { refetchInterval: askAgainMs, placeholderData: keepPreviousData }
  const live = useQuery(trpc.alerts.list.queryOptions(alertsAsked(cluster), ask))
  const open = useQuery(trpc.incidents.list.queryOptions(incidentsAsked(cluster), ask))
  return { live, open }
}

const askAgainMs = 15_000
