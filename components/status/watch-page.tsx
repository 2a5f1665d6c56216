'use client'

import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ClockProvider, useClock } from '#components/time/clock-provider.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { ClusterStatus } from './cluster-status.tsx'
import { LinkProblem, Watcher } from './watch-client.ts'
import { lookEveryMs } from './watch-pace.ts'

/** The page behind a link for watchers: nothing in it can be pressed. */
export function WatchPage({ serverNow }: { serverNow: Date }) {
  const [queryClient] = useState(() => new QueryClient())
  return (
    <ClockProvider serverNow={serverNow}>
      <QueryClientProvider client={queryClient}>
        <main className="mx-auto grid min-h-dvh w-[min(56rem,100%)] content-start gap-12 px-6 py-12 phone:gap-10 phone:px-4 phone:py-8">
          <Watched />
        </main>
      </QueryClientProvider>
    </ClockProvider>
  )
}

function Watched() {
  const token = useSyncExternalStore(onFragment, fragment, () => null)
  const [watchers] = useState(() => new Map<string, Watcher>())
  const clock = useClock()
  const status = useQuery({
    queryKey: ['watch', token],
    enabled: token !== null && token !== '',
    queryFn: () => {
      const known = watchers.get(token ?? '') ?? new Watcher(token ?? '')
      watchers.set(token ?? '', known)
      return known.look()
    },
    refetchInterval: lookEveryMs,
    retry: (failures, error) => failures < 2 && !(error instanceof LinkProblem),
    gcTime: Number.POSITIVE_INFINITY,
  })
  const { data, error } = status
  useEffect(() => {
    if (data) clock.sync(data.serverNow)
  }, [clock, data])
  useEffect(() => {
    if (data) document.title = data.title
  }, [data])
  if (token === '')
    return <Said sentence="This address is not whole." more="Open the link exactly as it was given to you." />
  if (error instanceof LinkProblem) return <Said sentence={error.message} more={null} />
  if (!data) {
    return error ? (
      <Said
        sentence="The console does not answer."
        more="That says nothing about the database. This page goes on trying."
      />
    ) : (
      <p className="text-md text-muted">Looking…</p>
    )
  }
  const many = data.clusters.length > 1
  return (
    <>
      <h1 className="text-lg text-muted">{data.title}</h1>
      {data.clusters.length === 0 ? (
        <Said
          as="p"
          sentence="There is nothing to show any more."
          more="What this link was for is no longer looked after here."
        />
      ) : null}
      {data.clusters.map((view) => (
        <ClusterStatus
          key={view.name}
          view={view}
          toldAt={data.serverNow}
          withName={many || view.name !== data.title}
        />
      ))}
    </>
  )
}

function Said({ sentence, more, as: Heading = 'h1' }: { sentence: string; more: string | null; as?: 'h1' | 'p' }) {
  return (
    <div>
      <Heading className="flex items-start gap-3 text-xl font-medium">
        <StateIcon tone="unseen" className="mt-[3px] size-5!" />
        <span>{sentence}</span>
      </Heading>
      {more === null ? null : <p className="pt-2 pl-8 text-md text-muted">{more}</p>}
    </div>
  )
}

function fragment(): string {
  return globalThis.location.hash.slice(1)
}

function onFragment(changed: () => void): () => void {
  globalThis.addEventListener('hashchange', changed)
  return () => globalThis.removeEventListener('hashchange', changed)
}
