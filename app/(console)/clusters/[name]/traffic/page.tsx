import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { TrafficView } from '#components/traffic/traffic-view.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Traffic of ${decodeURIComponent((await params).name)}` }
}

export default async function TrafficPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterTraffic(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.stack.get.queryKey({ cluster }), () => api.stack.get({ cluster })],
      ]}
    >
      <TrafficView cluster={cluster} />
    </Prefetched>
  )
}
