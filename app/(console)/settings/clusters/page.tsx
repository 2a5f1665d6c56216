import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { PageStands } from '#components/live/page-stands.tsx'
import { paths } from '#components/paths.ts'
import { ClusterSettings } from '#components/settings/cluster-settings.tsx'

export const metadata: Metadata = { title: 'Clusters' }

// The rows are at hand already: the layout has asked for them for the menu.
export default async function ClusterSettingsPage() {
  await authorise(paths.clusterSettings())
  return (
    <>
      <ClusterSettings />
      <PageStands />
    </>
  )
}
