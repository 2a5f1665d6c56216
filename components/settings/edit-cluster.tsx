'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { ClusterSheet } from './cluster-sheet.tsx'

/** The sheet of a registered cluster; what is registered is asked for first. */
export function EditCluster({ name, onClose }: { name: string; onClose: () => void }) {
  const view = useQuery(useTRPC().clusters.get.queryOptions({ name }, { retry: false, refetchOnMount: 'always' }))
  // Not from the cache: what is registered may have been changed since it was filled.
  if (view.data && view.isFetchedAfterMount)
    return <ClusterSheet key={name} known={view.data.cluster} onClose={onClose} />
  return (
    <Sheet isOpen onClose={onClose} size="wide" title={`Change ${name}`}>
      {view.error ? (
        <ErrorPanel
          sentence={errorSentence(view.error)}
          onRetry={() => void view.refetch()}
          isRetrying={view.isFetching}
        />
      ) : (
        <Skeleton className="h-96" />
      )}
    </Sheet>
  )
}
