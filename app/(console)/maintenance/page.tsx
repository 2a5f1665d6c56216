import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { MaintenanceView } from '#components/maintenance/maintenance-view.tsx'
import { windowsAsked } from '#components/maintenance/windows-asked.ts'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'

export const metadata: Metadata = { title: 'Maintenance' }

export default async function MaintenancePage() {
  await authorise(paths.maintenance())
  return (
    <Prefetched
      fill={(keys, api) => [[keys.maintenance.list.queryKey(windowsAsked), () => api.maintenance.list(windowsAsked)]]}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <PageHeader title="Maintenance" isLive={false} />
        <MaintenanceView />
      </div>
    </Prefetched>
  )
}
