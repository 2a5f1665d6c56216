'use client'

import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { memo } from 'react'
import { VerdictMark } from '#components/cluster/verdict-mark.tsx'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatBytes } from '#domain/format.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'
import { count } from '#domain/words.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import { fleetColumns } from './fleet-columns.ts'
import { MemberSquares } from './member-squares.tsx'

interface FleetRowProps {
  row: AgedRow
  isSelected: boolean
}

/** One cluster in one line: what is with it, who leads, who is there, how far behind, how old the last backup and the view are. */
export const ClusterRow = memo(function ClusterRow({ row, isSelected }: FleetRowProps) {
  const isCalm = row.level === 'healthy'
  return (
    <div
      className={cx(
        fleetColumns,
        'relative min-h-10 border-t border-line px-2 py-2.5 phone:px-1 phone:py-3',
        isSelected ? 'bg-raised' : 'hover:bg-panel',
        !row.isCurrent && 'text-muted',
      )}
    >
      <div role="cell" className="phone:order-1 phone:col-start-1 phone:row-start-1">
        <VerdictMark level={row.level} className="whitespace-nowrap" />
      </div>
      <div
        role="cell"
        className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 phone:col-span-2 phone:row-start-2"
      >
        <Link
          href={paths.cluster(row.name)}
          prefetch={false}
          data-row={row.clusterId}
          className="min-w-0 font-semibold break-words outline-none after:absolute after:inset-0 after:rounded-sm after:-outline-offset-2 after:content-[''] focus-visible:after:outline-2 focus-visible:after:outline-info phone:text-md"
        >
          {row.name}
        </Link>
        {row.labels.map((label) => (
          <Badge key={label}>{label}</Badge>
        ))}
      </div>
      <div role="cell" className="min-w-0 phone:col-span-2">
        <p className={cx('line-clamp-2 phone:line-clamp-3', isCalm && 'text-muted')}>{row.sentence}</p>
        {row.lastBackup?.overdue ? (
          <p className="pt-0.5 min-[88rem]:hidden">
            <LastBackup row={row} before="backup " />
          </p>
        ) : null}
        {row.alerts.critical + row.alerts.warning > 0 ? (
          <p className="pt-0.5 xl:hidden">
            <OpenAlerts row={row} noun="alert" />
          </p>
        ) : null}
        {row.activeOperation ? (
          <StateMark tone="info" className="pt-0.5 text-sm text-muted">
            {row.activeOperation.requestedBy} has been {verbOf(row.activeOperation.kind)}
            <Age at={row.activeOperation.since} before=" for " className="relative" />
          </StateMark>
        ) : null}
      </div>
      <div role="cell" className="min-w-0 max-xl:hidden">
        {row.leader === null ? (
          <span className="text-muted">nobody leads</span>
        ) : (
          <span className="flex min-w-0 items-center gap-1.5">
            <LeaderRing className={row.isCurrent ? '' : 'grayscale'} />
            <span className="truncate">{row.leader}</span>
          </span>
        )}
      </div>
      <div role="cell" className="phone:col-start-1">
        <MemberSquares row={row} />
      </div>
      <div role="cell" className="text-right max-xl:hidden">
        <Lag bytes={row.worstLagBytes} />
      </div>
      <div role="cell" className="max-[88rem]:hidden">
        <LastBackup row={row} />
      </div>
      <div role="cell" className="max-xl:hidden">
        <OpenAlerts row={row} />
      </div>
      <div role="cell" className="text-right text-muted phone:col-start-2 phone:row-start-1">
        {row.seenAt ? <Age at={row.seenAt} className="relative" /> : 'never'}
      </div>
    </div>
  )
})

/** Nothing where nobody looks; a word and a mark where it is overdue. */
function LastBackup({ row: { lastBackup, isCurrent }, before = '' }: { row: AgedRow; before?: string }) {
  if (!lastBackup) return null
  const { at, overdue } = lastBackup
  const told = at ? <Age at={at} before={before} after=" ago" className="relative" /> : 'no backup'
  if (!overdue) return told
  return (
    <StateMark tone={isCurrent ? tones[overdue] : 'unseen'}>
      {told}
      {at ? ', overdue' : ''}
    </StateMark>
  )
}

/** Leads to the worst incident, else to the alerts; nothing where none fires. */
function OpenAlerts({ row: { name, alerts, incidents, isCurrent }, noun }: { row: AgedRow; noun?: string }) {
  const all = alerts.critical + alerts.warning
  if (all === 0) return null
  const { worst } = incidents
  return (
    <Link
      href={worst ? paths.incident(worst.number) : paths.clusterAlerts(name)}
      prefetch={false}
      data-tip={worst?.sentence ?? 'Open the alerts'}
      className="relative inline-flex min-h-6 items-center rounded-sm hover:underline phone:min-h-11"
    >
      <StateMark tone={isCurrent ? tones[alerts.critical > 0 ? 'critical' : 'warning'] : 'unseen'}>
        {noun === undefined ? all : count(all, noun)}
        {alerts.critical > 0 ? ', critical' : <span className="sr-only">, warning</span>}
      </StateMark>
    </Link>
  )
}

const tones = { critical: 'bad', warning: 'warn' } as const

function Lag({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <span className="text-faint">–</span>
  return (
    <span data-tip={`${bytes.toLocaleString('en-US')} bytes`} className="relative whitespace-nowrap">
      {formatBytes(bytes)}
    </span>
  )
}
