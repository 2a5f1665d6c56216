'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Notice } from '#components/cluster/notice.tsx'
import { paths } from '#components/paths.ts'
import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { button } from '#components/ui/button.tsx'
import { formatAge, formatDuration } from '#domain/format.ts'
import { noticeAt } from '#domain/maintenance/ending.ts'
import { endOf, isGoingOn, overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'

interface MaintenanceBannerProps {
  /** Null = of all clusters. */
  cluster: string | null
  /** Since when Patroni is paused there; null = it is not. */
  pausedSince: Date | null
}

/** Planned work that goes on, with what is left of it: nobody forgets a window that counts down on every page. */
export function MaintenanceBanner({ cluster, pausedSince }: MaintenanceBannerProps) {
  const now = useNow()
  const asked = cluster === null ? {} : { cluster }
  const { data } = useQuery(useTRPC().maintenance.list.queryOptions(asked))
  const going = data?.windows.filter((window) => isGoingOn(window, now)) ?? []
  if (going.length === 0) return null
  return (
    <div className="grid gap-2">
      {going.map((window) => (
        <Going key={window.id} window={window} now={now} isNamed={cluster === null} pausedSince={pausedSince} />
      ))}
    </div>
  )
}

interface GoingProps {
  window: MaintenanceWindow
  now: Date
  isNamed: boolean
  pausedSince: Date | null
}

function Going({ window, now, isNamed, pausedSince }: GoingProps) {
  const end = endOf(window)
  const isEnding = noticeAt(window) <= now
  const isPausedLong = pausedSince !== null && now.getTime() - pausedSince.getTime() >= longPauseMs
  return (
    <Notice
      tone={isEnding || isPausedLong ? 'warn' : 'info'}
      act={
        <Link href={paths.maintenance()} prefetch={false} className={button({ size: 'small' })}>
          Maintenance
        </Link>
      }
    >
      <span className="font-medium">
        Maintenance{isNamed || window.label !== null ? ` on ${overWords(window)}` : ''} ends in{' '}
        <span className="whitespace-nowrap tabular-nums">{formatDuration(end.getTime() - now.getTime())}</span>
      </span>
      , at <Moment at={end} />. {window.owner.name}: {window.reason}.{' '}
      <span className="text-muted">
        Nobody is told of alerts until then.
        {window.forbids === 'acts-of-others' ? ` Only ${window.owner.name} switches over or recovers meanwhile.` : ''}
      </span>
      {isPausedLong && pausedSince !== null ? (
        <> Patroni has been paused for {formatAge(pausedSince, now)}: resume it before the work ends.</>
      ) : null}
    </Notice>
  )
}

/** As the rule of alerts has it that this mutes. */
const longPauseMs = 3_600_000
