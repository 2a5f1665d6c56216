import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { ApprovalsView } from '#components/approvals/approvals-view.tsx'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage() {
  await authorise(paths.approvals())
  return (
    <Prefetched fill={(keys, api) => [[keys.approvals.list.queryKey(), () => api.approvals.list()]]}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <PageHeader title="Approvals" />
        <ApprovalsView />
      </div>
    </Prefetched>
  )
}
