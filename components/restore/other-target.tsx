'use client'

import { useQuery } from '@tanstack/react-query'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { TargetChoice } from './target-choice.ts'
import { TargetPicker } from './target-picker.tsx'
import { useReach } from './use-reach.ts'

/** Another moment for a recovery that waits: the same ways to say it as for a first one. */
export function OtherTarget({ cluster, choice }: { cluster: string; choice: TargetChoice }) {
  const list = useQuery(useTRPC().backups.list.queryOptions({ cluster }))
  const now = useCoarseNow()
  const view = list.data?.view ?? null
  const reach = useReach({ cluster, view, target: choice.target, repository: null, now })
  if (list.error && !list.data) {
    return <ErrorPanel sentence={errorSentence(list.error)} onRetry={() => void list.refetch()} />
  }
  if (!list.data) return <Skeleton className="h-64 rounded-md" />
  return <TargetPicker cluster={cluster} view={view} now={now} choice={choice} reach={reach} />
}
