import type { Metadata } from 'next'
import { connection } from 'next/server'
import { WatchPage } from '#components/status/watch-page.tsx'

export const metadata: Metadata = {
  title: { absolute: 'Status of a database' },
  description: 'Whether a database takes writes',
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
}

export default async function StatusPage() {
  await connection()
  return <WatchPage serverNow={new Date()} />
}
