import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { HistoryView } from '#components/history/history-view.tsx'
import { paths } from '#components/paths.ts'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `History of ${decodeURIComponent((await params).name)}` }
}

export default async function HistoryPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterHistory(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [[keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })]]}
    >
      <HistoryView cluster={cluster} />
    </Prefetched>
  )
}
