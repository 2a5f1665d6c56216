'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import type { EventsAsked } from './event-filter.ts'
import { eventPagesKey } from './event-pages.ts'

/** The newest events that are asked for, and older ones page by page. */
export function useEventPages(asked: EventsAsked) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return useInfiniteQuery({
    queryKey: eventPagesKey(trpc.events.list.pathKey(), asked),
    queryFn: ({ pageParam, signal }) =>
      client.events.list.query(pageParam === null ? asked : { ...asked, before: pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextBefore,
    placeholderData: keepPreviousData,
  })
}

const firstPage: number | null = null
