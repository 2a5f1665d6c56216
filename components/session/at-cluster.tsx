'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { PlaceProvider } from './session-context.tsx'

/** What stands in it is of this cluster: rights are those that the viewer has there. */
export function AtCluster({ name, children }: { name: string; children: ReactNode }) {
  const { data: rows } = useQuery(useTRPC().clusters.list.queryOptions())
  const row = rows?.find((each) => each.name.toLowerCase() === name.toLowerCase())
  // Of one that is gone, what holds for everything is left.
  return (
    <PlaceProvider where={row ? { id: row.clusterId, labels: row.labels } : 'everywhere'}>{children}</PlaceProvider>
  )
}
