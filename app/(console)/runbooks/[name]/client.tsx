'use client'

import { useQuery } from '@tanstack/react-query'
import { RunbookText } from '#components/runbook/runbook-text.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export function RunbookClient({ name }: { name: string }) {
  const read = useQuery(useTRPC().runbooks.get.queryOptions({ name }, { staleTime: Infinity }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <PageHeader title={`Runbook ${name}`} isLive={false} />
      {read.data ? <RunbookText markdown={read.data.markdown} /> : null}
      <QueryProblem query={read} />
      {read.isPending ? (
        <div role="status" aria-label="Loading the runbook">
          <Skeleton className="h-96 max-w-prose" />
        </div>
      ) : null}
    </div>
  )
}
