'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { BreakGlassNotice } from '#components/approvals/break-glass-notice.tsx'
import { MaintenanceBanner } from '#components/maintenance/maintenance-banner.tsx'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { formatServerVersion } from '#domain/format.ts'
import type { ClusterView } from '#domain/fleet/view.ts'

/** Name, labels and version of the cluster, above all its pages. */
export function ClusterHeader({ name }: { name: string }) {
  const path = usePathname()
  const { data: view } = useQuery(useTRPC().clusters.get.queryOptions({ name }))
  const version = view ? versionOf(view) : null
  return (
    <div className="grid gap-2">
      <PageHeader
        title={name}
        seenAt={view?.snapshot?.takenAt ?? null}
        facts={
          <>
            {view?.cluster.labels.map((label) => (
              <Badge key={label}>{label}</Badge>
            ))}
            {version === null ? null : <Badge>PostgreSQL {version}</Badge>}
            {view?.snapshot?.isStandbyCluster ? <Badge>standby cluster</Badge> : null}
            {view?.snapshot?.pause ? (
              <Badge tip="Patroni changes no roles by itself until it is resumed.">paused</Badge>
            ) : null}
          </>
        }
      />
      <Tabs
        label={`Pages of ${name}`}
        current={tabOf(path, name)}
        tabs={[
          { href: paths.cluster(name), label: 'Overview' },
          { href: paths.clusterPostgres(name), label: 'Postgres' },
          { href: paths.clusterPools(name), label: 'Pools' },
          { href: paths.clusterTraffic(name), label: 'Traffic' },
          { href: paths.clusterHistory(name), label: 'History' },
          { href: paths.clusterAlerts(name), label: 'Alerts' },
          { href: paths.clusterEvents(name), label: 'Events' },
          { href: paths.clusterOperations(name), label: 'Operations' },
          { href: paths.clusterBackups(name), label: 'Backups' },
          { href: paths.clusterAgents(name), label: 'Agents' },
          { href: paths.clusterStatus(name), label: 'Status' },
          { href: paths.clusterSetup(name), label: 'Set-up' },
        ]}
      />
      <BreakGlassNotice cluster={name} />
      <MaintenanceBanner cluster={name} pausedSince={view?.snapshot?.pause?.since ?? null} />
    </div>
  )
}

/** The recovery begins from the backups, the rules from the alerts. */
function tabOf(path: string, name: string): string {
  if (path === paths.restore(name)) return paths.clusterBackups(name)
  return path === paths.clusterRules(name) ? paths.clusterAlerts(name) : path
}

function versionOf({ snapshot }: ClusterView): string | null {
  const leader = snapshot?.members.find((member) => member.name === snapshot.leader?.name)
  const version =
    leader?.serverVersion ?? snapshot?.members.find((member) => member.serverVersion !== null)?.serverVersion
  return version ? formatServerVersion(version) : null
}
