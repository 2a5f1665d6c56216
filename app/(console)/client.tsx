'use client'

import { useQuery } from '@tanstack/react-query'
import { Fleet } from '#components/fleet/fleet.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export function FleetClient() {
  const fleet = useQuery(useTRPC().clusters.list.queryOptions())
  return (
    <div className="grid gap-6">
      <PageHeader title="Fleet" />
      {fleet.data ? <Fleet rows={fleet.data} /> : null}
      {fleet.error && !fleet.data ? (
        <ErrorPanel
          sentence={errorSentence(fleet.error)}
          onRetry={() => void fleet.refetch()}
          isRetrying={fleet.isFetching}
        />
      ) : null}
      {fleet.isPending ? <Skeleton className="h-96 rounded-lg" /> : null}
    </div>
  )
}
