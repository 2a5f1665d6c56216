import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths } from '#components/paths.ts'
import { NoRole } from '#components/session/no-role.tsx'
import { findViewer } from '#server/api/caller.ts'
import { ownPath } from '../sign-in/own-path.ts'

export const metadata: Metadata = { title: 'No role' }

export default async function NoRolePage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next)
  const viewer = await findViewer()
  if (!viewer) redirect(paths.signIn(next))
  if (viewer.owesFactor) redirect(paths.enrol(next))
  if (viewer.grants.length > 0) redirect(next)
  return <NoRole name={viewer.name} email={viewer.email} rightsRest={viewer.rightsRest} />
}
