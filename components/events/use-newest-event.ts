'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'

/** The feed tells the events of one cluster; over all clusters the newest is asked for now and then. */
export function useNewestEvent(isWanted: boolean) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { phase } = useLineState()
  const isAsking = isWanted && phase !== 'paused'
  const { data } = useQuery(
    trpc.events.list.queryOptions({ limit: 1 }, { enabled: isAsking, refetchInterval: 3000, staleTime: 0 }),
  )
  const id = data?.events[0]?.id
  const known = useRef<number | undefined>(undefined)

  // The cache is the outside system: lists are old once there is an event they do not have.
  useEffect(() => {
    const before = known.current
    known.current = id
    if (before === undefined || id === before) return
    void queryClient.invalidateQueries({ queryKey: trpc.events.list.pathKey() })
  }, [id, queryClient, trpc])
}
