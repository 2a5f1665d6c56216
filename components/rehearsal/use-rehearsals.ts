'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { rehearsalsShown } from './rehearsals-shown.ts'

/** The newest rehearsals of a cluster, asked for again now and then: the feed tells of their ends. */
export function useRehearsals(cluster: string) {
  return useQuery(
    useTRPC().rehearsals.list.queryOptions({ cluster, limit: rehearsalsShown }, { refetchInterval: 30_000 }),
  )
}
