'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatchCluster } from '#components/live/live-provider.tsx'
import { OperationView } from '#components/operation/operation-view.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { AtCluster } from '#components/session/at-cluster.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { isEnded } from '#domain/operation/operation.ts'

export function OperationClient({ id }: { id: string }) {
  const operation = useQuery(
    useTRPC().operations.get.queryOptions(
      { id },
      // The feed tells each step at once; asking now and then bridges a line that is down.
      { refetchInterval: ({ state }) => (state.data && isEnded(state.data.state) ? false : 5000) },
    ),
  )
  useWatchCluster(operation.data?.clusterName ?? null)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <PageHeader
        title={operation.data ? operationName(operation.data.plan) : 'Operation'}
        facts={operation.data ? <Badge>{operation.data.clusterName}</Badge> : null}
      />
      {operation.data ? (
        <AtCluster name={operation.data.clusterName}>
          <OperationView operation={operation.data} />
        </AtCluster>
      ) : null}
      <QueryProblem query={operation} />
      {operation.isPending ? <Skeleton className="h-96 rounded-lg" /> : null}
    </div>
  )
}
