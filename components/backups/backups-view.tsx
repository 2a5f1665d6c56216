'use client'

import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { paths } from '#components/paths.ts'
import { RehearsalsCard } from '#components/rehearsal/rehearsals-card.tsx'
import { Rehearse } from '#components/rehearsal/rehearse.tsx'
import { useRehearsals } from '#components/rehearsal/use-rehearsals.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Age } from '#components/time/age.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { backupsSentence, backupsState } from '#domain/backup/backups-state.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { rehearsalSeenOf } from '#domain/rehearsal/rehearsal-seen.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { BackUp } from './back-up.tsx'
import { ArchiveCard } from './archive-card.tsx'
import { BackupFindingsCard } from './backup-findings-card.tsx'
import { BackupTable } from './backup-table.tsx'
import { BackupsEmpty } from './backups-empty.tsx'
import { BackupsSkeleton } from './backups-skeleton.tsx'
import { chartHeight } from './chart-height.ts'
import { GoBack } from './go-back.tsx'
import { layOutAxis } from './lay-out-axis.ts'
import { RecoveryAxis, type Touched } from './recovery-axis.tsx'
import { RunningBackup } from './running-backup.tsx'
import { Upkeep } from './upkeep.tsx'

/** Heavy, and drawn by the width that it has: it comes once there is something to draw. */
const BackupChart = dynamic(() => import('./backup-chart.tsx').then((module) => module.BackupChart), {
  ssr: false,
  loading: () => <Skeleton className={chartHeight} />,
})

/** How far back and how close to now a cluster can be recovered, and the backups and the archive that make it so. */
export function BackupsView({ cluster }: { cluster: string }) {
  const list = useQuery(useTRPC().backups.list.queryOptions({ cluster }))
  const now = useCoarseNow()
  if (list.error && !list.data) return <QueryProblem query={list} />
  if (!list.data) return <BackupsSkeleton />
  const state = backupsState(list.data, now)
  const sentence = backupsSentence(list.data, now)
  const { view } = list.data
  const isStale = state === 'stale'
  const repositories = view?.stanza?.repositories.map(({ key }) => key) ?? []
  return (
    <div className="grid gap-6">
      {state === 'seen' || isStale ? (
        <div className="flex flex-wrap items-start justify-between gap-4">
          <p className={cx('max-w-prose text-lg tracking-[-0.01em]', isStale && 'text-muted')}>{sentence}</p>
          <div role="group" aria-label="Acts" className="flex flex-wrap gap-2 print-hidden phone:w-full phone:*:flex-1">
            <GoBack cluster={cluster} />
            <Rehearse cluster={cluster} />
            <BackUp cluster={cluster} repositories={repositories} />
          </div>
        </div>
      ) : (
        <BackupsEmpty state={state} cluster={cluster} sentence={sentence} repositories={repositories} />
      )}
      {view ? <Seen listed={list.data} view={view} isStale={isStale} ends={judgeBackups(view, now).ends} /> : null}
      {view ? <Known listed={list.data} view={view} now={now} isStale={isStale} /> : null}
      {view ? <Upkeep cluster={cluster} view={view} now={now} /> : null}
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

interface KnownProps {
  listed: Listed
  view: BackupView
  now: Date
  isStale: boolean
}

function Known({ listed, view, now, isStale }: KnownProps) {
  const { cluster, scheduled, rehearsalsScheduled } = listed
  const { stanza, archive, backupsLeftOut, runningSince, node } = view
  const router = useRouter()
  const may = useMay('restore.request')
  const { data: rehearsals } = useRehearsals(cluster)
  const judged = useMemo(
    () =>
      judgeBackups(view, now, {
        rehearsals: rehearsals?.flatMap((each) => rehearsalSeenOf(each) ?? []) ?? null,
        scheduled,
        rehearsalsScheduled,
      }),
    [view, now, rehearsals, scheduled, rehearsalsScheduled],
  )
  if (stanza === null) return null
  const { windows, line, findings } = judged
  const { backups } = stanza
  const { gaps = [], histories = [] } = archive ?? {}
  const touch = ({ at, timeline }: Touched) =>
    router.push(paths.restore(cluster, { at: at.toISOString(), ...(timeline === null ? {} : { timeline }) }))
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
          <RecoveryAxis axis={axis} onTouch={may ? touch : undefined} />
        </Card>
      )}
      <ArchiveCard view={view} now={now} isStale={isStale} />
      {backups.some(({ isOfThisCluster }) => isOfThisCluster) ? (
        <Card title="Sizes and durations over time">
          <BackupChart backups={backups} now={now} />
        </Card>
      ) : null}
      <RehearsalsCard cluster={cluster} />
      {backups.length === 0 ? null : (
        <Card title="Backups">
          <BackupTable backups={backups} leftOut={backupsLeftOut} />
        </Card>
      )}
    </div>
  )
}
