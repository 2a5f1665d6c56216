import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { BackupsView } from '#components/backups/backups-view.tsx'
import { paths } from '#components/paths.ts'
import { rehearsalsShown } from '#components/rehearsal/rehearsals-shown.ts'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Backups of ${decodeURIComponent((await params).name)}` }
}

export default async function BackupsPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterBackups(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.backups.list.queryKey({ cluster }), () => api.backups.list({ cluster })],
        [keys.schedules.get.queryKey({ cluster }), () => api.schedules.get({ cluster })],
        [
          keys.rehearsals.list.queryKey({ cluster, limit: rehearsalsShown }),
          () => api.rehearsals.list({ cluster, limit: rehearsalsShown }),
        ],
      ]}
    >
      <BackupsView cluster={cluster} />
    </Prefetched>
  )
}
