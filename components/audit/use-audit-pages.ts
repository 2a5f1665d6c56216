'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import type { AuditAsked } from './audit-filter.ts'
import { auditPagesKey } from './audit-pages.ts'

/** The newest records that are asked for, and older ones page by page. */
export function useAuditPages(asked: AuditAsked) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return useInfiniteQuery({
    queryKey: auditPagesKey(trpc.audit.list.pathKey(), asked),
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query(pageParam === null ? asked : { ...asked, before: pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextBefore,
    placeholderData: keepPreviousData,
    // Nothing tells of new records: coming back to the page shows them.
    staleTime: 0,
    refetchOnWindowFocus: true,
  })
}

const firstPage: number | null = null
