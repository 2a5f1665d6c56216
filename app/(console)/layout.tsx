import type { ReactNode } from 'react'
import { LiveProvider } from '#components/live/live-provider.tsx'
import { ViewerProvider } from '#components/session/session-context.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import { ApiProvider } from '#components/trpc/provider.tsx'
import { findAdmitted } from '#server/api/caller.ts'
import { Prefetched } from '../prefetched.tsx'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const viewer = await findAdmitted()
  // The page itself knows its address, and sends who is not signed in, or owes a second factor, there and back.
  if (!viewer) return children
  const { id, name, email, grants } = viewer
  return (
    <ClockProvider serverNow={new Date()}>
      <ApiProvider>
        <ViewerProvider viewer={{ id, name, email, grants }}>
          {/* Whoever has no role is shown their account alone: the other pages send them away. */}
          {grants.length === 0 ? children : <Console>{children}</Console>}
        </ViewerProvider>
      </ApiProvider>
    </ClockProvider>
  )
}

function Console({ children }: { children: ReactNode }) {
  return (
    <LiveProvider>
      <Prefetched isFrame fill={(keys, api) => [[keys.clusters.list.queryKey(), () => api.clusters.list()]]}>
        <Shell>{children}</Shell>
      </Prefetched>
    </LiveProvider>
  )
}
