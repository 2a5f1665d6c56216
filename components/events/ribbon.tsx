'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { useNow } from '#components/time/clock-provider.tsx'
import { formatClock } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { zoneOffsetMs } from '#domain/zone-offset.ts'
import { eventsAsked, searchEvents, type EventFilter } from './event-filter.ts'
import { countSeverities, ribbonBuckets, ribbonSpan, ribbonSpans, ribbonStart } from './ribbon-buckets.ts'
import { RibbonAxis } from './ribbon-axis.tsx'
import { RibbonBar } from './ribbon-bar.tsx'
import { tellSeverities } from './severity.tsx'

/** Events in time, one mark each; a part of it can be marked to see only what happened then. */
export function Ribbon({ filter, cluster }: { filter: EventFilter; cluster: string | null }) {
  const now = useNow()
  const zone = useZone()
  const [name, setName] = useQueryParam('span')
  const span = ribbonSpan(name)
  const start = ribbonStart(span, now, zoneOffsetMs(now, zone))
  const { data } = useQuery(
    useTRPC().events.list.queryOptions(
      { ...eventsAsked({ ...filter, since: start, until: null }, cluster), limit: drawnAtMost },
      { placeholderData: keepPreviousData },
    ),
  )
  const events = searchEvents(data?.events ?? [], filter.text).filter((event) => event.at >= start)
  const oldest = data && data.nextBefore !== null ? data.events.at(-1)?.at : null
  const told = tellSeverities(countSeverities(events))

  return (
    <section aria-label="Events in time" className="grid gap-2 print-hidden">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm text-muted">
        <p>
          {data ? (told ?? 'Nothing happened') : 'Looking'} in the last {span.label}
          {oldest ? `; only the newest ${drawnAtMost} are drawn, back to ${formatClock(oldest, zone, false)}` : ''}
        </p>
        <div role="group" aria-label="Length of the ribbon" className="flex gap-0.5">
          {ribbonSpans.map((one) => (
            <button
              key={one.name}
              type="button"
              aria-pressed={one.name === span.name}
              onClick={() => setName(one.name)}
              className={cx(
                'h-7 rounded-md px-2 phone:h-11 phone:px-2.5',
                one.name === span.name ? 'bg-raised text-text' : 'hover:bg-raised hover:text-text',
              )}
            >
              {one.label}
            </button>
          ))}
        </div>
      </div>
      <RibbonBar
        buckets={ribbonBuckets(events, span, start)}
        since={filter.since}
        until={filter.until}
        zone={zone}
        onMark={(from, to) => setQueryParams({ since: from.toISOString(), until: to.toISOString() })}
      />
      <RibbonAxis start={start} span={span} zone={zone} />
    </section>
  )
}

const drawnAtMost = 500
