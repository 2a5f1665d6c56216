'use client'

import { useQuery } from '@tanstack/react-query'
import { FleetSkeleton } from '#components/fleet/fleet-skeleton.tsx'
import { Fleet } from '#components/fleet/fleet.tsx'
import { MaintenanceBanner } from '#components/maintenance/maintenance-banner.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { newestOf } from '#domain/snapshot/staleness.ts'

export function FleetClient() {
  const list = useQuery(useTRPC().clusters.list.queryOptions())
  return (
    <div className="grid gap-6">
      <PageHeader title="Fleet" seenAt={newestOf(...(list.data ?? []).map((row) => row.seenAt))} />
      <MaintenanceBanner cluster={null} pausedSince={null} />
      {list.data ? <Fleet rows={list.data} /> : null}
      <QueryProblem query={list} />
      {list.isPending ? <FleetSkeleton /> : null}
    </div>
  )
}
