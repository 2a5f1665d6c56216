import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { ClusterStatusPage } from '#components/status/cluster-status-page.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Status of ${decodeURIComponent((await params).name)}` }
}

export default async function ClusterStatusRoute({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterStatus(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.availability.status.queryKey({ cluster }), () => api.availability.status({ cluster })],
      ]}
    >
      <ClusterStatusPage cluster={cluster} />
    </Prefetched>
  )
}
