'use client'

import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { clusterInPath } from '#components/paths.ts'
import { useClock } from '#components/time/clock-provider.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import { announce } from './announcer.tsx'
import { applyMessage } from './apply-message.ts'
import type { Keys } from './keys.ts'
import { Line, type LineState } from './line.ts'
import { listen } from './listen.ts'
import { Refresh } from './refresh.ts'
import { useIsLookedAt } from './use-is-looked-at.ts'

const LineContext = createContext<Line | null>(null)

/** Keeps the tab's one subscription open while the page lives, on whatever cluster is looked at. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [line] = useState(() => new Line())
  const named = clusterInPath(usePathname())

  useEffect(() => {
    if (named !== null) line.watch(named)
  }, [line, named])

  return (
    <LineContext value={line}>
      <Listener line={line} />
      {children}
    </LineContext>
  )
}

export function useLine(): Line {
  const line = use(LineContext)
  if (!line) throw new Error('useLine needs a LiveProvider above it.')
  return line
}

export function useLineState(): LineState {
  const line = useLine()
  return useSyncExternalStore(line.subscribe, line.read, line.readFirst)
}

/** Hears a cluster's details on a page whose address does not name the cluster. */
export function useWatchCluster(name: string | null) {
  const line = useLine()
  useEffect(() => {
    if (name !== null) line.watch(name)
  }, [line, name])
}

function Listener({ line }: { line: Line }) {
  const queryClient = useQueryClient()
  const clock = useClock()
  const client = useTRPCClient()
  const keys = useKeys()
  const [refresh] = useState(() => new Refresh(queryClient))
  const { cluster, phase, isPageThere } = useLineState()
  const isPaused = phase === 'paused'
  const isLookedAt = useIsLookedAt()

  // A page that failed never says that it stands.
  useEffect(() => {
    const timer = setTimeout(() => line.standPage(), patienceWithPageMs)
    return () => clearTimeout(timer)
  }, [line])

  // The server's event stream is the outside system.
  useEffect(() => {
    if (isPaused || !isPageThere) return
    // Browsers open six connections to a console: tabs in the background must not hold them all.
    if (!isLookedAt) return line.setPhase('reconnecting')
    return listen({
      client,
      cluster,
      line,
      hear: (message) => applyMessage(message, { queryClient, keys, clock, line, refresh, announce }),
      // What was said while nobody listened is asked for once.
      catchUp: () => void queryClient.invalidateQueries(),
      meet: (name) => askIfOld(queryClient, keys.cluster(name)),
    })
  }, [isPaused, isPageThere, isLookedAt, cluster, client, clock, keys, line, queryClient, refresh])

  return null
}

/** The feed tells who comes anew only of the last seconds: a view kept from an earlier visit is asked for again. */
function askIfOld(queryClient: QueryClient, queryKey: QueryKey) {
  const state = queryClient.getQueryState(queryKey)
  if (state && Date.now() - state.dataUpdatedAt > 5000) void queryClient.invalidateQueries({ queryKey })
}

const patienceWithPageMs = 3_000

function useKeys(): Keys {
  const trpc = useTRPC()
  return useMemo(
    () => ({
      fleet: trpc.clusters.list.queryKey(),
      cluster: (name) => trpc.clusters.get.queryKey({ name }),
      operation: (id) => trpc.operations.get.queryKey({ id }),
      events: trpc.events.list.pathKey(),
      operations: trpc.operations.list.pathKey(),
      approvals: trpc.approvals.pathKey(),
      backups: trpc.backups.list.pathKey(),
      alerts: trpc.alerts.pathKey(),
      incidents: trpc.incidents.pathKey(),
      maintenance: trpc.maintenance.pathKey(),
      rehearsals: trpc.rehearsals.list.pathKey(),
      stack: trpc.stack.pathKey(),
    }),
    [trpc],
  )
}
