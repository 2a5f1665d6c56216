import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { memo, type KeyboardEvent } from 'react'
import { VerdictMark } from '#components/cluster/verdict-mark.tsx'
import { paths } from '#components/paths.ts'
import { Badge } from '#components/ui/badge.tsx'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { formatBytes } from '#domain/format.ts'
import type { FleetRow } from '#domain/view.ts'
import { MemberSquares } from './member-squares.tsx'

export const fleetColumns =
  'md:grid-cols-[6.5rem_minmax(8rem,14rem)_minmax(0,1fr)_minmax(5rem,9rem)_4.5rem_5rem_4rem] max-xl:md:grid-cols-[6.5rem_minmax(8rem,12rem)_minmax(0,1fr)_4.5rem_4rem]'

interface RowProps {
  row: FleetRow
  /** Age of the view, e.g. `0.3 s`. */
  age: string
  place: number
  total: number
}

/** One cluster in one line; on a phone in two. */
export const Row = memo(function Row({ row, age, place, total }: RowProps) {
  const isSeen = row.level !== 'unseen'
  return (
    <li aria-posinset={place} aria-setsize={total}>
      <Link
        href={paths.cluster(row.name)}
        prefetch={false}
        data-row=""
        onKeyDown={moveByArrows}
        className={cx(
          'grid items-center gap-x-4 rounded-md border-t border-line px-2 -outline-offset-2 hover:bg-raised md:h-10 phone:h-[84px] phone:grid-cols-[minmax(0,1fr)_auto] phone:content-center phone:gap-y-0.5',
          fleetColumns,
        )}
      >
        <VerdictMark level={row.level} className="text-sm phone:order-2" />
        <span className="flex min-w-0 items-center gap-2 phone:order-1">
          <span className="truncate font-semibold">{row.name}</span>
          {row.labels.slice(0, 1).map((label) => (
            <Badge key={label} className="max-2xl:hidden">
              {label}
            </Badge>
          ))}
        </span>
        <span className="truncate text-muted phone:order-3 phone:col-span-2 phone:line-clamp-2 phone:whitespace-normal">
          {row.activeOperation ? <span className="text-info">Under way: {row.activeOperation.kind}. </span> : null}
          {row.sentence}
        </span>
        <span className={cx('flex min-w-0 items-center gap-1.5 max-xl:hidden', !isSeen && 'opacity-60')}>
          {row.leader === null ? (
            <span className="text-faint">no leader</span>
          ) : (
            <>
              <LeaderRing />
              <span className="sr-only">led by </span>
              <span className="truncate">{row.leader}</span>
            </>
          )}
        </span>
        <MemberSquares members={row.members} leader={row.leader} isSeen={isSeen} />
        <span className={cx('text-right max-xl:hidden', !isSeen && 'text-faint')}>
          {row.worstLagBytes === null ? '–' : formatBytes(row.worstLagBytes)}
        </span>
        <span className="text-right text-muted phone:hidden">{age}</span>
      </Link>
    </li>
  )
})

/** Arrows go from row to row; the page follows. */
function moveByArrows(event: KeyboardEvent<HTMLAnchorElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const item = event.currentTarget.parentElement
  const next = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling
  const link = next?.querySelector('[data-row]')
  if (!(link instanceof HTMLElement)) return
  event.preventDefault()
  link.focus()
}
