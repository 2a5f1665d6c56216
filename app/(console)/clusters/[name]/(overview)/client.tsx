'use client'

import { useQuery } from '@tanstack/react-query'
import { OverviewSkeleton } from '#components/cluster/overview-skeleton.tsx'
import { Overview } from '#components/cluster/overview.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'

export function OverviewClient({ name }: { name: string }) {
  const view = useQuery(useTRPC().clusters.get.queryOptions({ name }, { refetchInterval: besideMs }))
  if (view.data) return <Overview view={view.data} />
  if (view.error) {
    return (
      <ErrorPanel
        sentence={errorSentence(view.error)}
        onRetry={() => void view.refetch()}
        isRetrying={view.isFetching}
      />
    )
  }
  return <OverviewSkeleton />
}

/** The feed tells of every snapshot; what is told beside it, such as where poolers lead, is asked for. */
const besideMs = 20_000
