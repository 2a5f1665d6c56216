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
  // The page itself knows its address, and sends who is not signed in to sign in and back.
  if (!viewer) return children
  const { id, name, email, grants } = viewer
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
