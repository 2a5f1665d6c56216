import type { ReactNode } from 'react'
import { LiveProvider } from '#components/live/live-provider.tsx'
import { ViewerProvider } from '#components/session/session-context.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import { ApiProvider } from '#components/trpc/provider.tsx'
import { findViewer } from '#server/api/caller.ts'
import { Prefetched } from '../prefetched.tsx'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const viewer = await findViewer()
  // The page itself knows its address, and sends who is not signed in, or owes a second factor, there and back.
  if (!viewer || viewer.owesFactor) return children
  const { id, name, email, grants } = viewer
  // Only their account is shown to them: the other pages send them away.
  if (grants.length === 0)
    return (
      <ClockProvider serverNow={new Date()}>
        <ApiProvider>
          <ViewerProvider viewer={{ id, name, email, grants }}>{children}</ViewerProvider>
        </ApiProvider>
      </ClockProvider>
    )
  return (
    <ClockProvider serverNow={new Date()}>
      <ApiProvider>
        <LiveProvider>
          <ViewerProvider viewer={{ id, name, email, grants }}>
            <Prefetched isFrame fill={(keys, api) => [[keys.clusters.list.queryKey(), () => api.clusters.list()]]}>
              <Shell>{children}</Shell>
            </Prefetched>
          </ViewerProvider>
        </LiveProvider>
      </ApiProvider>
    </ClockProvider>
  )
}
