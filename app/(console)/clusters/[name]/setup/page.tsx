import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { SetupView } from '#components/setup/setup-view.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Set-up of ${decodeURIComponent((await params).name)}` }
}

export default async function SetupPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterSetup(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.setup.checks.queryKey({ cluster }), () => api.setup.checks({ cluster })],
      ]}
    >
      <SetupView cluster={cluster} />
    </Prefetched>
  )
}
