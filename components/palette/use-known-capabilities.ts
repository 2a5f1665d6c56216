'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useLineState } from '#components/live/live-provider.tsx'
import { useViewer } from '#components/session/session-context.tsx'
import { useClock } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { capabilities } from '#domain/operation/capabilities.ts'
import type { Capability } from '#domain/operation/capability.ts'
import { isAllowed } from '#domain/people/permission.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** What can be done with a cluster, by the view this tab has of it; an old view says nothing of now. */
export function useKnownCapabilities(): (name: string) => Capability[] | null {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const clock = useClock()
  const { grants } = useViewer()
  const { storeReachable } = useLineState()
  return (name) => {
    const view = queryClient.getQueryData(trpc.clusters.get.queryKey({ name }))
    const now = clock.read()
    if (!view?.snapshot || isStale(view.snapshot.takenAt, now)) return null
    const mayAct = isAllowed(grants, 'switchover.request', view.cluster)
    return capabilities(view.snapshot, { mayAct, activeOperation: view.activeOperation, storeReachable, now })
  }
}
