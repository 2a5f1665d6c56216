'use client'

import { useQuery } from '@tanstack/react-query'
import { useClock } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { isOpen } from '#domain/agent/agent.ts'

/** The nodes of a cluster with their agents: asked often while one is awaited, else as often as agents are looked at. */
export function useAgents(cluster: string) {
  const clock = useClock()
  return useQuery(
    useTRPC().agents.list.queryOptions(
      { cluster },
      {
        refetchInterval: ({ state }) => {
          const now = clock.read()
          const isAwaited = state.data?.nodes.some(({ invitation }) => invitation && isOpen(invitation, now))
          return isAwaited ? awaitedMs : restMs
        },
      },
    ),
  )
}

const awaitedMs = 2_000
const restMs = 10_000
