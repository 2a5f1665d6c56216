import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { ApprovalClient } from './client.tsx'

export const metadata: Metadata = { title: 'Approval' }

export default async function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  await authorise(paths.approval(id))
  return (
    <Prefetched fill={(keys, api) => [[keys.approvals.get.queryKey({ id }), () => api.approvals.get({ id })]]}>
      <ApprovalClient id={id} />
    </Prefetched>
  )
}
