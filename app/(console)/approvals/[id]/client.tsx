'use client'

import { useQuery } from '@tanstack/react-query'
import { ApprovalView } from '#components/approvals/approval-view.tsx'
import { useWatchCluster } from '#components/live/live-provider.tsx'
import { AtCluster } from '#components/session/at-cluster.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export function ApprovalClient({ id }: { id: string }) {
  const approval = useQuery(
    useTRPC().approvals.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.standing.kind === 'over' ? false : 3_000) },
    ),
  )
  useWatchCluster(approval.data?.operation.clusterName ?? null)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <PageHeader title="Approval" />
      {approval.data ? (
        <AtCluster name={approval.data.operation.clusterName}>
          <ApprovalView view={approval.data} />
        </AtCluster>
      ) : null}
      <QueryProblem query={approval} />
      {approval.isPending ? <Skeleton className="h-96 rounded-lg" /> : null}
    </div>
  )
}
