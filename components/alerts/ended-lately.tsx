'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { filterAlerts, type AlertFilter } from './alert-filter.ts'
import { AlertLine } from './alert-line.tsx'
import { ofCluster } from './alerts-asked.ts'
import { IncidentLine } from './incident-line.tsx'
import { LineGroup } from './line-group.tsx'

interface EndedLatelyProps {
  cluster: string | null
  filter: AlertFilter
}

/** Incidents that are over, and the alerts that ended within a day. */
export function EndedLately({ cluster, filter }: EndedLatelyProps) {
  const trpc = useTRPC()
  const now = useCoarseNow()
  // From the full hour, so that the question is not another one with each beat.
  const since = new Date(Math.floor(now.getTime() / hourMs) * hourMs - 24 * hourMs)
  const wanted = { placeholderData: keepPreviousData }
  const { data: listed } = useQuery(
    trpc.alerts.list.queryOptions({ ...ofCluster(cluster), states: ['resolved'], since, limit: 100 }, wanted),
  )
  const { data: all } = useQuery(trpc.incidents.list.queryOptions({ ...ofCluster(cluster), limit: 100 }, wanted))
  const over = filterAlerts(
    (all?.incidents ?? []).filter(({ closedAt }) => closedAt !== null),
    filter,
  )
  const ended = filterAlerts(listed?.alerts ?? [], filter).toSorted(
    (a, b) => (b.resolvedAt?.getTime() ?? 0) - (a.resolvedAt?.getTime() ?? 0),
  )
  const numbers = new Map((all?.incidents ?? []).map(({ id, number }) => [id, number]))
  const withCluster = cluster === null
  return (
    <>
      <LineGroup title="Incidents that are over" count={over.length} hint={all?.nextBefore ? 'Of the newest 100.' : ''}>
        <ol className="border-b border-line">
          {over.map((incident) => (
            <IncidentLine key={incident.id} incident={incident} withCluster={withCluster} />
          ))}
        </ol>
      </LineGroup>
      <LineGroup title="Resolved lately" count={ended.length} hint="Within a day.">
        <ol className="border-b border-line">
          {ended.map((alert) => (
            <AlertLine
              key={alert.id}
              alert={alert}
              withCluster={withCluster}
              silence={null}
              incident={numbers.get(alert.incidentId ?? '') ?? null}
            />
          ))}
        </ol>
      </LineGroup>
    </>
  )
}

const hourMs = 3_600_000
