'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { RepositoryCard } from './repository-card.tsx'
import { ScheduleCard } from './schedule-card.tsx'

interface UpkeepProps {
  cluster: string
  view: BackupView
  now: Date
}

/** What keeps the backups well: what the repositories keep, and when backups are made. */
export function Upkeep({ cluster, view, now }: UpkeepProps) {
  // Runs change each minute at most, and a change is told as one of the backups.
  const schedules = useQuery(useTRPC().schedules.get.queryOptions({ cluster }, { refetchInterval: 60_000 }))
  const keys = view.stanza?.repositories.map(({ key }) => key) ?? []
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <RepositoryCard cluster={cluster} view={view} />
      {schedules.data ? <ScheduleCard cluster={cluster} listed={schedules.data} repositories={keys} now={now} /> : null}
      {!schedules.data && schedules.error ? (
        <ErrorPanel sentence={errorSentence(schedules.error)} onRetry={() => void schedules.refetch()} />
      ) : null}
      {!schedules.data && !schedules.error ? <Skeleton className="h-44 rounded-lg" /> : null}
    </div>
  )
}
