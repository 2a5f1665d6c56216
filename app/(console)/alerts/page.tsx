import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { alertsAsked, incidentsAsked } from '#components/alerts/alerts-asked.ts'
import { AlertsView } from '#components/alerts/alerts-view.tsx'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage() {
  await authorise(paths.alerts())
  const alerts = alertsAsked(null)
  const incidents = incidentsAsked(null)
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.alerts.list.queryKey(alerts), () => api.alerts.list(alerts)],
        [keys.incidents.list.queryKey(incidents), () => api.incidents.list(incidents)],
      ]}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <PageHeader title="Alerts" />
        <AlertsView cluster={null} />
      </div>
    </Prefetched>
  )
}
