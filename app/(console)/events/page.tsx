import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { toQuery, type SearchParams } from '#app/search-params.ts'
import { eventsAsked, readEventFilter } from '#components/events/event-filter.ts'
import { eventPages } from '#components/events/event-pages.ts'
import { EventsView } from '#components/events/events-view.tsx'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'

export const metadata: Metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await authorise(paths.events())
  const asked = eventsAsked(readEventFilter(toQuery(await searchParams)), null)
  return (
    <Prefetched fill={(keys, api) => [eventPages(keys.events.list.pathKey(), asked, () => api.events.list(asked))]}>
      <div className="grid gap-6">
        <PageHeader title="Events" />
        <EventsView cluster={null} />
      </div>
    </Prefetched>
  )
}
