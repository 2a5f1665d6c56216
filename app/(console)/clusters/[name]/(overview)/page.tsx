import type { Metadata } from 'next'
import { paths } from '#components/paths.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { OverviewClient } from './client.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function OverviewPage({ params }: PageProps) {
  const name = decodeURIComponent((await params).name)
  await authorise(paths.cluster(name))
  return (
    <Prefetched fill={(keys, api) => [[keys.clusters.get.queryKey({ name }), () => api.clusters.get({ name })]]}>
      <OverviewClient name={name} />
    </Prefetched>
  )
}
