import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { alertsAsked, incidentsAsked } from '#components/alerts/alerts-asked.ts'
import { AlertsView } from '#components/alerts/alerts-view.tsx'
import { paths } from '#components/paths.ts'
import { TextLink } from '#components/ui/text-link.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Alerts of ${decodeURIComponent((await params).name)}` }
}

export default async function ClusterAlertsPage({ params }: PageProps) {
  const name = decodeURIComponent((await params).name)
  await authorise(paths.clusterAlerts(name))
  const alerts = alertsAsked(name)
  const incidents = incidentsAsked(name)
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name }), () => api.clusters.get({ name })],
        [keys.alerts.list.queryKey(alerts), () => api.alerts.list(alerts)],
        [keys.incidents.list.queryKey(incidents), () => api.incidents.list(incidents)],
      ]}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <AlertsView cluster={name} />
        <p className="text-muted">
          What alerts are found by, and from which values on, stands in the{' '}
          <TextLink href={paths.clusterRules(name)}>rules of {name}</TextLink>.
        </p>
      </div>
    </Prefetched>
  )
}
