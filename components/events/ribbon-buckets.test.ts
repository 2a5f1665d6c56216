import { expect, test } from 'vitest'
import { countSeverities, ribbonBuckets, ribbonSpan, ribbonStart } from './ribbon-buckets.ts'
import { eventOf } from './testing-event.ts'

const day = ribbonSpan('24h')
const now = new Date('2026-11-23T10:07:00Z')

test('a ribbon ends at the next round time, so that the present piece is still filling', () => {
  expect(ribbonStart(day, now, 0).toISOString()).toBe('2026-11-22T11:00:00.000Z')
})

test('on a round time the present piece is the one that begins', () => {
  expect(ribbonStart(day, new Date('2026-11-23T11:00:00Z'), 0).toISOString()).toBe('2026-11-22T12:00:00.000Z')
})

test('pieces of a day begin at midnight of the viewer', () => {
  const start = ribbonStart(ribbonSpan('30d'), now, 5.5 * 3_600_000)
  expect(start.toISOString()).toBe('2026-10-24T18:30:00.000Z')
})

test('an address that names no span gets a day', () => {
  expect(ribbonSpan('for ever')).toBe(day)
})

test('each event stands in its piece at its place, and what lies outside is left out', () => {
  const start = ribbonStart(day, now, 0)
  const early = eventOf({ at: new Date('2026-11-22T10:59:59Z') })
  const first = eventOf({ at: start })
  const last = eventOf({ at: new Date('2026-11-23T10:30:00Z'), severity: 'critical' })
  const buckets = ribbonBuckets([last, first, early], day, start)
  expect(buckets).toHaveLength(24)
  expect(buckets[0]?.marks).toEqual([{ id: first.id, severity: 'warning', place: 0 }])
  expect(buckets[23]?.marks).toEqual([{ id: last.id, severity: 'critical', place: 0.5 }])
  expect(buckets.flatMap((bucket) => bucket.marks)).toHaveLength(2)
  expect(buckets[23]?.to.toISOString()).toBe('2026-11-23T11:00:00.000Z')
})

test('events are counted by weight', () => {
  const events = [eventOf(), eventOf({ severity: 'info' }), eventOf()]
  expect(countSeverities(events)).toEqual({ critical: 0, warning: 2, info: 1 })
})
