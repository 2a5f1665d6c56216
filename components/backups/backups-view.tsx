'use client'

import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { lazy, Suspense, useMemo } from 'react'
import { Age } from '#components/time/age.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Card } from '#components/ui/card.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { backupsSentence, backupsState } from '#domain/backups-state.ts'
import type { BackupView } from '#domain/backup-view.ts'
import { judgeBackups } from '#domain/judge-backups.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { BackUp } from './back-up.tsx'
import { ArchiveCard } from './archive-card.tsx'
import { BackupFindingsCard } from './backup-findings-card.tsx'
import { BackupTable } from './backup-table.tsx'
import { BackupsEmpty } from './backups-empty.tsx'
import { BackupsSkeleton } from './backups-skeleton.tsx'
import { layOutAxis } from './lay-out-axis.ts'
import { RecoveryAxis } from './recovery-axis.tsx'
import { RunningBackup } from './running-backup.tsx'

const BackupChart = lazy(() => import('./backup-chart.tsx').then(({ BackupChart: chart }) => ({ default: chart })))

/** How far back and how close to now a cluster can be recovered, and the backups and the archive that make it so. */
export function BackupsView({ cluster }: { cluster: string }) {
  const list = useQuery(useTRPC().backups.list.queryOptions({ cluster }))
  const now = useCoarseNow()
  if (list.error && !list.data) {
    return (
      <ErrorPanel
        sentence={errorSentence(list.error)}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (!list.data) return <BackupsSkeleton />
  const state = backupsState(list.data, now)
  const sentence = backupsSentence(list.data, now)
  const { view } = list.data
  const isStale = state === 'stale'
  return (
    <div className="grid gap-6">
      {state === 'seen' || isStale ? (
        <div className="flex flex-wrap items-start justify-between gap-4">
          <p className={cx('max-w-prose text-lg tracking-[-0.01em]', isStale && 'text-muted')}>{sentence}</p>
          <BackUp cluster={cluster} />
        </div>
      ) : (
        <BackupsEmpty state={state} cluster={cluster} sentence={sentence} />
      )}
      {view ? <Seen listed={list.data} view={view} isStale={isStale} ends={judgeBackups(view, now).ends} /> : null}
      {view ? <Known view={view} now={now} isStale={isStale} /> : null}
    </div>
  )
}

type Listed = RouterOutputs['backups']['list']

interface SeenProps {
  listed: Listed
  view: BackupView
  isStale: boolean
  /** The exact ends of what can be recovered. */
  ends: string | null
}

/** By whom it was seen and when, and why it is not newer. */
function Seen({ listed, view, isStale, ends }: SeenProps) {
  const { problem, problemSince, agents } = listed
  return (
    <div className="grid gap-1 text-sm text-muted">
      {ends === null ? null : <p className="break-words">{ends}</p>}
      <p>
        {isStale ? <StateMark tone="unseen">stale</StateMark> : null}{' '}
        <Age at={view.readAt} before="Seen " after=" ago" /> by the agent of {view.node}, stanza {view.stanzaName}.
      </p>
      {agents === 0 ? <p>No node has an agent any more: this will not become newer.</p> : null}
      {problem === null ? null : (
        <p className="break-words">
          {problem} {problemSince ? <Age at={problemSince} before="(for " after=")" /> : null}
        </p>
      )}
    </div>
  )
}

function Known({ view, now, isStale }: { view: BackupView; now: Date; isStale: boolean }) {
  const { stanza, archive, backupsLeftOut, runningSince, node } = view
  const judged = useMemo(() => judgeBackups(view, now), [view, now])
  if (stanza === null) return null
  const { windows, line, findings } = judged
  const { backups } = stanza
  const { gaps = [], histories = [] } = archive ?? {}
  const axis = layOutAxis({ windows, backups, gaps, histories, line, now })
  return (
    <div className={cx('grid gap-6', isStale && 'grayscale')}>
      {stanza.backup.isRunning ? (
        <RunningBackup
          progress={stanza.backup}
          since={runningSince}
          node={node}
          lastSeenAt={isStale ? view.readAt : null}
        />
      ) : null}
      <BackupFindingsCard findings={findings} />
      {axis === null ? null : (
        <Card title="What can be recovered">
          <RecoveryAxis axis={axis} />
        </Card>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <ArchiveCard view={view} now={now} isStale={isStale} />
        {backups.length === 0 ? null : (
          <Card title="Size and duration">
            <Suspense fallback={<Skeleton className="h-44 rounded-md" />}>
              <BackupChart backups={backups} />
            </Suspense>
          </Card>
        )}
      </div>
      {backups.length === 0 ? null : (
        <Card title="Backups">
          <BackupTable backups={backups} leftOut={backupsLeftOut} />
        </Card>
      )}
    </div>
  )
}

/** Findings and ages in minutes do not change each second. */
function useCoarseNow(): Date {
  const ms = Math.floor(useNow().getTime() / coarseMs) * coarseMs
  return useMemo(() => new Date(ms), [ms])
}

const coarseMs = 5_000
