import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { toQuery, type SearchParams } from '#app/search-params.ts'
import { eventsAsked, readEventFilter } from '#components/events/event-filter.ts'
import { eventPages } from '#components/events/event-pages.ts'
import { EventsView } from '#components/events/events-view.tsx'
import { paths } from '#components/paths.ts'

interface PageProps {
  params: Promise<{ name: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Events of ${decodeURIComponent((await params).name)}` }
}

export default async function ClusterEventsPage({ params, searchParams }: PageProps) {
  const name = decodeURIComponent((await params).name)
  await authorise(paths.clusterEvents(name))
  const asked = eventsAsked(readEventFilter(toQuery(await searchParams)), name)
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.clusters.get.queryKey({ name }), () => api.clusters.get({ name })],
        eventPages(keys.events.list.pathKey(), asked, () => api.events.list(asked)),
      ]}
    >
      <EventsView cluster={name} />
    </Prefetched>
  )
}
