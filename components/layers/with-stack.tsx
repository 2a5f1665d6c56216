'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { withOvertaken } from '#domain/stack/overtaken.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { LayersSkeleton } from './layers-skeleton.tsx'

/** What is known of a cluster's layers, as of `now`. */
export interface Layers {
  cluster: string
  stack: StackView
  /** Null until the console has looked at the cluster. */
  snapshot: Snapshot | null
  /** False where the texts of statements are left out, because the viewer may not read them. */
  hasQueries: boolean
  now: Date
}

/** Draws what the deep looks told, once there is something. */
export function WithStack({
  cluster,
  label,
  children,
}: {
  cluster: string
  label: string
  children: (layers: Layers) => ReactNode
}) {
  const trpc = useTRPC()
  const shown = useQuery(trpc.stack.get.queryOptions({ cluster }))
  const { data: view } = useQuery(trpc.clusters.get.queryOptions({ name: cluster }))
  const now = useCoarseNow()
  if (shown.error && !shown.data) return <QueryProblem query={shown} />
  if (!shown.data) return <LayersSkeleton label={label} />
  const { stack, hasQueries } = shown.data
  if (stack === null) {
    return (
      <Empty title={`The console has not looked into the layers of ${cluster} yet.`}>
        Its first deep look comes within ten seconds of a worker's start. If nothing appears, check that the worker
        runs.
      </Empty>
    )
  }
  const snapshot = view?.snapshot ?? null
  return children({ cluster, stack: withOvertaken(stack, snapshot), snapshot, hasQueries, now })
}
