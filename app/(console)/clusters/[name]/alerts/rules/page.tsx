import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { RulesView } from '#components/rules/rules-view.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Rules of ${decodeURIComponent((await params).name)}` }
}

export default async function ClusterRulesPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterRules(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.alerts.rules.queryKey({ cluster }), () => api.alerts.rules({ cluster })],
      ]}
    >
      <RulesView cluster={cluster} />
    </Prefetched>
  )
}
