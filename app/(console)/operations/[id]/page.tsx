import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { OperationClient } from './client.tsx'

export const metadata: Metadata = { title: 'Operation' }

export default async function OperationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  await authorise(paths.operation(id))
  return (
    <Prefetched fill={(keys, api) => [[keys.operations.get.queryKey({ id }), () => api.operations.get({ id })]]}>
      <OperationClient id={id} />
    </Prefetched>
  )
}
