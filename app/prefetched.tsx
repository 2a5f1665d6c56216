import { dehydrate, HydrationBoundary, type QueryKey } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { ReactNode } from 'react'
import { PageStands } from '#components/live/page-stands.tsx'
import { createClient } from '#components/trpc/client.ts'
import { makeQueryClient } from '#components/trpc/query-client.ts'
import { apiCaller } from '#server/api/caller.ts'

type Api = Awaited<ReturnType<typeof apiCaller>>
type Keys = ReturnType<typeof makeKeys>

interface PrefetchedProps {
  /** What the page's first look needs: the key it is asked by, and the call that answers. */
  fill: (keys: Keys, api: Api) => readonly [QueryKey, () => Promise<unknown>][]
  /** The frame around the page stands before the page does. */
  isFrame?: boolean
  children: ReactNode
}

/** Renders with answers already at hand; what fails here is asked again by the page, which shows the error. */
export async function Prefetched({ fill, isFrame = false, children }: PrefetchedProps) {
  const queryClient = makeQueryClient()
  const wanted = fill(makeKeys(queryClient), await apiCaller())
  await Promise.all(wanted.map(([queryKey, queryFn]) => queryClient.prefetchQuery({ queryKey, queryFn, retry: false })))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      {children}
      {isFrame ? null : <PageStands />}
    </HydrationBoundary>
  )
}

/** The client is only asked for keys here; it never sends anything. */
function makeKeys(queryClient: ReturnType<typeof makeQueryClient>) {
  return createTRPCOptionsProxy({ client: createClient(), queryClient })
}
