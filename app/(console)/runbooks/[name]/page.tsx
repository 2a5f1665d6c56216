import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { RunbookClient } from './client.tsx'

interface PageProps {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Runbook ${decodeURIComponent((await params).name)}` }
}

export default async function RunbookPage({ params }: PageProps) {
  const name = decodeURIComponent((await params).name)
  await authorise(paths.runbook(name))
  return (
    <Prefetched fill={(keys, api) => [[keys.runbooks.get.queryKey({ name }), () => api.runbooks.get({ name })]]}>
      <RunbookClient name={name} />
    </Prefetched>
  )
}
