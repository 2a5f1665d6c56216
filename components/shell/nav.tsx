'use client'

import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useMemo, type ReactNode } from 'react'
import { VerdictIcon } from '#components/cluster/verdict-mark.tsx'
import { useLineState } from '#components/live/live-provider.tsx'
import { ageRow } from '#domain/fleet/aged-row.ts'
import { clusterInPath, paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { FleetRow } from '#domain/fleet/view.ts'
import { countCriticals } from './count-criticals.ts'
import { NavFoot } from './nav-foot.tsx'
import { navClusters } from './nav-clusters.ts'

/** The ways to every page; the clusters by name, each with its verdict. */
export function Nav({ rows }: { rows: readonly FleetRow[] }) {
  const path = usePathname()
  const mayAudit = useMay('audit.read')
  const { cluster } = useLineState()
  // The address of an operation or incident does not name its cluster, but the page listens to it.
  const open = clusterInPath(path) ?? (/^\/(operations|incidents)\//.test(path) ? cluster : null)
  const criticals = countCriticals(rows)
  const now = useNow()
  const aged = rows.map((row) => ageRow(row, now))
  // Each second may make a row old; the menu is worked out anew only where one did.
  const levels = aged.map((row) => row.level).join(' ')
  const { shown, isAll } = useMemo(
    () => navClusters(aged, open),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [rows, levels, open],
  )
  return (
    <div className="flex min-h-full flex-col gap-px p-3">
      <p className="flex items-center gap-2 px-2 pt-1.5 pb-4 text-md font-semibold tracking-[-0.01em]">
        <Mark />
        Matriarch
      </p>
      <nav aria-label="Pages" className="grid gap-px">
        <NavLink
          href={paths.fleet()}
          isCurrent={path === paths.fleet()}
          note={rows.length === 0 ? '' : String(rows.length)}
        >
          Fleet
        </NavLink>
        <NavLink
          href={paths.alerts()}
          isCurrent={path === paths.alerts() || path.startsWith('/incidents/')}
          note={criticals === 0 ? '' : <StateMark tone="bad">{criticals} critical</StateMark>}
        >
          Alerts
        </NavLink>
        <ApprovalsLink isCurrent={path.startsWith('/approvals')} />
        <NavLink href={paths.maintenance()} isCurrent={path === paths.maintenance()}>
          Maintenance
        </NavLink>
        <NavLink href={paths.events()} isCurrent={path === paths.events()}>
          Events
        </NavLink>
        {mayAudit ? (
          <NavLink href={paths.audit()} isCurrent={path.startsWith('/audit')}>
            Audit
          </NavLink>
        ) : null}
        <NavLink href={paths.clusterSettings()} isCurrent={path.startsWith('/settings')}>
          Settings
        </NavLink>
      </nav>
      {shown.length === 0 ? null : (
        <nav aria-label="Clusters" className="grid gap-px pt-4">
          <p className="px-2 pb-1.5 text-sm text-faint">{isAll ? 'Clusters' : 'Clusters that need a look'}</p>
          {shown.map((row) => (
            <NavLink
              key={row.clusterId}
              href={paths.cluster(row.name)}
              isCurrent={row.name === open}
              note={<VerdictIcon level={row.level} />}
            >
              {row.name}
            </NavLink>
          ))}
        </nav>
      )}
      <NavFoot />
    </div>
  )
}

/** With how many requests wait. */
function ApprovalsLink({ isCurrent }: { isCurrent: boolean }) {
  const { data: rows = [] } = useQuery(
    useTRPC().approvals.list.queryOptions(undefined, { refetchInterval: 15_000, retry: false }),
  )
  const note = rows.length === 0 ? '' : <StateMark tone="warn">{rows.length} waiting</StateMark>
  return (
    <NavLink href={paths.approvals()} isCurrent={isCurrent} note={note}>
      Approvals
    </NavLink>
  )
}

function NavLink({
  href,
  isCurrent,
  note,
  children,
}: {
  href: string
  isCurrent: boolean
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'flex min-h-8 items-center justify-between gap-2 rounded-md px-2 transition-colors duration-100 phone:min-h-11 phone:text-md',
        isCurrent ? 'bg-raised text-text' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      <span className="truncate">{children}</span>
      {note ? <span className="shrink-0 text-faint">{note}</span> : null}
    </Link>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" className="size-4.5">
      <circle cx="9" cy="9" r="7.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="9" cy="9" r="2.8" fill="currentColor" />
    </svg>
  )
}
