import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { PoolsView } from '#components/pools/pools-view.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Pools of ${decodeURIComponent((await params).name)}` }
}

export default async function PoolsPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterPools(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.stack.get.queryKey({ cluster }), () => api.stack.get({ cluster })],
      ]}
    >
      <PoolsView cluster={cluster} />
    </Prefetched>
  )
}
