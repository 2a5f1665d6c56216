import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { paths } from '#components/paths.ts'
import { FleetClient } from './client.tsx'

export const metadata: Metadata = { title: 'Fleet' }

// The rows are at hand already: the layout has asked for them for the menu.
export default async function FleetPage() {
  await authorise(paths.fleet())
  return <FleetClient />
}
