'use client'

import { useRef } from 'react'
import { formatDay } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import { useRowKeys } from '#components/ui/use-row-keys.ts'
import type { StoredEvent } from '#domain/event.ts'
import { EventLine } from './event-line.tsx'

/** Events newest first, a heading a day. */
export function EventList({ events, withCluster }: { events: readonly StoredEvent[]; withCluster: boolean }) {
  const zone = useZone()
  const list = useRef<HTMLDivElement>(null)
  useRowKeys(list)
  return (
    <div ref={list} className="grid gap-5">
      {daysOf(events, zone).map(({ day, events: own }) => (
        <section key={`${day} ${own[0]?.id}`} aria-label={day}>
          <h2 className="pb-1.5 text-sm text-faint">{day}</h2>
          <ol className="border-b border-line">
            {own.map((event) => (
              <EventLine key={event.id} event={event} withCluster={withCluster} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function daysOf(events: readonly StoredEvent[], zone: string): { day: string; events: StoredEvent[] }[] {
  const days: { day: string; events: StoredEvent[] }[] = []
  for (const event of events) {
    const day = formatDay(event.at, zone)
    const last = days.at(-1)
    if (last?.day === day) last.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}
