'use client'

import { useQuery } from '@tanstack/react-query'
import { IncidentView } from '#components/incident/incident-view.tsx'
import { useWatchCluster } from '#components/live/live-provider.tsx'
import { paths } from '#components/paths.ts'
import { AtCluster } from '#components/session/at-cluster.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TextLink } from '#components/ui/text-link.tsx'

export function IncidentClient({ number }: { number: number }) {
  const shown = useQuery(
    useTRPC().incidents.get.queryOptions(
      { number },
      // The live line tells of alerts at once; events and operations around them are asked for now and then.
      { refetchInterval: ({ state }) => (state.data?.incident.closedAt ? false : askAgainMs) },
    ),
  )
  const cluster = shown.data?.incident.clusterName ?? null
  useWatchCluster(cluster)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <PageHeader
        title={`Incident ${number}`}
        facts={
          cluster === null ? null : (
            <>
              <TextLink href={paths.cluster(cluster)}>{cluster}</TextLink>
              <TextLink href={paths.clusterAlerts(cluster)} className="pl-2 text-muted">
                its alerts
              </TextLink>
            </>
          )
        }
      />
      {shown.data ? (
        <AtCluster name={shown.data.incident.clusterName}>
          <IncidentView shown={shown.data} />
        </AtCluster>
      ) : null}
      <QueryProblem query={shown} />
      {shown.isPending ? (
        <div role="status" aria-label="Loading the incident">
          <Skeleton className="h-96 rounded-lg" />
        </div>
      ) : null}
    </div>
  )
}

const askAgainMs = 5_000
