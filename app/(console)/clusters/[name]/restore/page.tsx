import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { toQuery, type SearchParams } from '#app/search-params.ts'
import { paths } from '#components/paths.ts'
import { touchedIn } from '#components/restore/touched-in.ts'
import { RestoreView } from '#components/restore/restore-view.tsx'

interface PageProps {
  params: Promise<{ name: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Recover ${decodeURIComponent((await params).name)}` }
}

export default async function RestorePage({ params, searchParams }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.restore(cluster))
  const first = touchedIn(toQuery(await searchParams))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.backups.list.queryKey({ cluster }), () => api.backups.list({ cluster })],
      ]}
    >
      <RestoreView cluster={cluster} first={first} />
    </Prefetched>
  )
}
