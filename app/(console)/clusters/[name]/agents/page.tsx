import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { AgentsView } from '#components/agents/agents-view.tsx'
import { paths } from '#components/paths.ts'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Agents of ${decodeURIComponent((await params).name)}` }
}

export default async function AgentsPage({ params }: PageProps) {
  const cluster = decodeURIComponent((await params).name)
  await authorise(paths.clusterAgents(cluster))
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name: cluster }), () => api.clusters.get({ name: cluster })],
        [keys.agents.list.queryKey({ cluster }), () => api.agents.list({ cluster })],
      ]}
    >
      <AgentsView cluster={cluster} />
    </Prefetched>
  )
}
