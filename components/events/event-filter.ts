import type { EventKind, StoredEvent } from '#domain/event.ts'
import { kindsOf } from './event-families.ts'

/** What a page of events shows, as its address says. */
export interface EventFilter {
  /** A family or a kind; '' = all. */
  what: string
  member: string
  severity: StoredEvent['severity'] | ''
  /** Words looked for among the events that are loaded. */
  text: string
  /** The part of time that was marked; null = all. */
  since: Date | null
  until: Date | null
  /** Set on the page over all clusters only. */
  cluster: string
}

/** Reads the filter from an address; what makes no sense counts as absent. */
export function readEventFilter(query: Query): EventFilter {
  const severity = query.get('severity')
  return {
    what: query.get('what') ?? '',
    member: query.get('member') ?? '',
    severity: severity === 'critical' || severity === 'warning' || severity === 'info' ? severity : '',
    text: query.get('q') ?? '',
    since: readMoment(query.get('since')),
    until: readMoment(query.get('until')),
    cluster: query.get('cluster') ?? '',
  }
}

interface Query {
  get: (name: string) => string | null
}

/** What the procedure is asked for; the words are looked for in what it answers. */
export interface EventsAsked {
  cluster?: string
  kinds?: EventKind[]
  member?: string
  severity?: StoredEvent['severity']
  since?: Date
  until?: Date
  limit: number
}

/** The question for a filter. `cluster` = the page's own, which the address cannot change. */
export function eventsAsked(filter: EventFilter, cluster: string | null): EventsAsked {
  const { what, member, severity, since, until } = filter
  const wanted = cluster ?? filter.cluster
  const kinds = kindsOf(what)
  return {
    ...(wanted === '' ? {} : { cluster: wanted }),
    ...(kinds ? { kinds } : {}),
    ...(member === '' ? {} : { member }),
    ...(severity === '' ? {} : { severity }),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    limit: 100,
  }
}

/** The events in which every word is found. */
export function searchEvents<E extends StoredEvent>(events: readonly E[], text: string): readonly E[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  if (words.length === 0) return events
  return events.filter((event) => {
    const { clusterName, member, kind, sentence, from, to, sources } = event
    const said = [clusterName, member, kind, sentence, from, to, ...sources].join('\n').toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

/** True where anything is left out. */
export function isFiltered(filter: EventFilter): boolean {
  const { what, member, severity, text, since, until, cluster } = filter
  return [what, member, severity, text, cluster].some((value) => value !== '') || since !== null || until !== null
}

function readMoment(text: string | null): Date | null {
  const at = text === null ? null : new Date(text)
  return at === null || Number.isNaN(at.getTime()) ? null : at
}
