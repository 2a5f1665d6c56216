import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { paths } from '#components/paths.ts'
import { ApiReference } from '#components/settings/api/api-reference.tsx'

export const metadata: Metadata = { title: 'API' }

export default async function ApiPage() {
  await authorise(paths.apiSettings())
  return <ApiReference />
}
