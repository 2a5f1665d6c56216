import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { PageStands } from '#components/live/page-stands.tsx'
import { paths } from '#components/paths.ts'
import { FleetClient } from './client.tsx'

export const metadata: Metadata = { title: 'Fleet' }

export default async function FleetPage() {
  await authorise(paths.fleet())
  // The layout has asked for the clusters already: the menu lists them.
  return (
    <>
      <FleetClient />
      <PageStands />
    </>
  )
}
