'use client'

import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { useSearchParams } from 'next/navigation'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { setQueryParams } from '#components/url/use-query-params.ts'
import type { StoredEvent } from '#domain/event.ts'
import { count } from '#domain/words.ts'
import { eventsAsked, isFiltered, readEventFilter, searchEvents } from './event-filter.ts'
import { EventFilters } from './event-filters.tsx'
import { EventList } from './event-list.tsx'
import { EventsSkeleton } from './events-skeleton.tsx'
import { Ribbon } from './ribbon.tsx'
import { useEventPages } from './use-event-pages.ts'
import { useHeldEvents } from './use-held-events.ts'
import { useNewestEvent } from './use-newest-event.ts'

/** What changed, when and seen by whom; of one cluster, or of all where none is given. */
export function EventsView({ cluster }: { cluster: string | null }) {
  const filter = readEventFilter(useSearchParams())
  const asked = eventsAsked(filter, cluster)
  const pages = useEventPages(asked)
  useNewestEvent(cluster === null)
  const loaded = pages.data?.pages.flatMap((page) => page.events) ?? []
  const found = searchEvents(loaded, filter.text)

  if (pages.error && !pages.data) return <QueryProblem query={pages} />
  return (
    <div className="grid gap-6">
      <Ribbon filter={filter} cluster={cluster} />
      <EventFilters filter={filter} cluster={cluster} />
      {pages.data ? (
        <div className="grid gap-5">
          {found.length === 0 ? (
            <NoEvents isFiltered={isFiltered(filter)} />
          ) : (
            <Held key={JSON.stringify(asked)} events={found} withCluster={cluster === null} />
          )}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print-hidden">
            {pages.hasNextPage ? (
              <Button onClick={() => void pages.fetchNextPage()} isBusy={pages.isFetchingNextPage}>
                {filter.text === '' ? 'Show older events' : 'Search older events'}
              </Button>
            ) : null}
            <p className="text-sm text-faint">{tellEnd(filter.text, loaded.length, pages.hasNextPage)}</p>
          </div>
        </div>
      ) : (
        <EventsSkeleton />
      )}
    </div>
  )
}

function Held({ events, withCluster }: { events: readonly StoredEvent[]; withCluster: boolean }) {
  const { shown, waiting } = useHeldEvents(events)
  return (
    <div>
      <div role="status" className="sticky top-3 z-20 flex h-0 justify-center print-hidden">
        {waiting > 0 ? (
          <Button
            size="small"
            onClick={() => scrollTo({ top: 0 })}
            className="border-line-strong bg-raised shadow-float"
          >
            {count(waiting, 'new event')}
          </Button>
        ) : null}
      </div>
      <EventList events={shown} withCluster={withCluster} />
    </div>
  )
}

function NoEvents({ isFiltered: filtered }: { isFiltered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No event matches." action={<Button onClick={showAll}>Show all events</Button>}>
        Take a filter away, or mark a longer part of the ribbon.
      </Empty>
    )
  }
  return (
    <Empty title="Nothing has changed since the console began to look.">
      A new leader, a member that is lost or returns, lag, a changed setting: each appears here the moment it is seen,
      and stays.
    </Empty>
  )
}

function showAll() {
  setQueryParams({ q: '', what: '', member: '', severity: '', since: '', until: '', cluster: '' })
}

function tellEnd(text: string, loaded: number, hasMore: boolean): string {
  if (text !== '') return hasMore ? `The newest ${loaded} were searched.` : `All ${loaded} were searched.`
  return hasMore || loaded === 0 ? '' : 'These are all.'
}
