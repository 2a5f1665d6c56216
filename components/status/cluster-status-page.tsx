'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { ClusterStatus } from './cluster-status.tsx'
import { lookEveryMs } from './watch-pace.ts'

/** What those who only watch see of a cluster, for people of the console. */
export function ClusterStatusPage({ cluster }: { cluster: string }) {
  const options = useTRPC().availability.status.queryOptions({ cluster })
  const status = useQuery({ ...options, refetchInterval: lookEveryMs })
  const [view] = status.data?.clusters ?? []
  if (status.data && view) {
    return (
      <div className="max-w-4xl pt-2">
        <ClusterStatus view={view} toldAt={status.data.serverNow} withName={false} />
      </div>
    )
  }
  return status.error ? <QueryProblem query={status} /> : <Skeleton className="h-96" />
}
