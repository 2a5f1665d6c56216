import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Enrol } from '#components/factors/enrol.tsx'
import { paths } from '#components/paths.ts'
import { ViewerProvider } from '#components/session/session-context.tsx'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import { ApiProvider } from '#components/trpc/provider.tsx'
import { Toaster } from '#components/ui/toast.tsx'
import { findViewer } from '#server/api/caller.ts'
import { ownPath } from '../sign-in/own-path.ts'

export const metadata: Metadata = { title: 'Second factor' }

export default async function EnrolPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next)
  const viewer = await findViewer()
  if (!viewer) redirect(paths.signIn(next))
  if (!viewer.owesFactor) redirect(next)
  const { id, name, email, grants } = viewer
  return (
    <ClockProvider serverNow={new Date()}>
      <ApiProvider>
        <ViewerProvider viewer={{ id, name, email, grants }}>
          <Enrol next={next} />
          <Toaster />
        </ViewerProvider>
      </ApiProvider>
    </ClockProvider>
  )
}
