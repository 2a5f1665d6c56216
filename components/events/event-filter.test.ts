import { expect, test } from 'vitest'
import { kindsOf } from './event-families.ts'
import { eventsAsked, isFiltered, readEventFilter, searchEvents } from './event-filter.ts'
import { tellSeverities } from './severity.tsx'
import { eventOf } from './testing-event.ts'

const read = (query: string) => readEventFilter(new URLSearchParams(query))

test('an address without filters asks for everything', () => {
  expect(eventsAsked(read(''), null)).toEqual({ limit: 100 })
  expect(isFiltered(read('span=7d'))).toBe(false)
})

test('filters in the address become the question; the words are looked for here', () => {
  const filter = read('what=paused&member=pg-node-1&severity=critical&q=lead&since=2026-11-23T09:00:00Z&cluster=mail')
  expect(eventsAsked(filter, null)).toEqual({
    cluster: 'mail',
    kinds: ['paused'],
    member: 'pg-node-1',
    severity: 'critical',
    since: new Date('2026-11-23T09:00:00Z'),
    limit: 100,
  })
  expect(isFiltered(filter)).toBe(true)
})

test('the address cannot lead the page of one cluster to another', () => {
  expect(eventsAsked(read('cluster=mail'), 'billing')).toEqual({ cluster: 'billing', limit: 100 })
})

test('what makes no sense in an address is left out', () => {
  expect(eventsAsked(read('what=weather&severity=loud&since=soon&until='), null)).toEqual({ limit: 100 })
})

test('a family stands for its kinds', () => {
  expect(kindsOf('etcd')).toEqual([
    'etcd-quorum-lost',
    'etcd-quorum-returned',
    'etcd-member-lost',
    'etcd-member-returned',
  ])
  expect(kindsOf('')).toBeNull()
})

test('every word of a search must be found somewhere in an event', () => {
  const events = [eventOf(), eventOf({ sentence: 'pg-node-2 answers again.', from: 'refused', to: 'answers' })]
  expect(searchEvents(events, 'BILLING refused')).toEqual([events[1]])
  expect(searchEvents(events, ' ')).toEqual(events)
  expect(searchEvents(events, 'pg-node-1 refused nowhere')).toEqual([])
})

test('counts are told as one says them', () => {
  expect(tellSeverities({ critical: 1, warning: 1, info: 2 })).toBe('1 critical, 1 warning and 2 notes')
  expect(tellSeverities({ critical: 0, warning: 0, info: 0 })).toBeNull()
})
