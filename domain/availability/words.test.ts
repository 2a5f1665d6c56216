import { expect, test } from 'vitest'
import { availabilityOf } from './measure.ts'
import { daysOf, monthOf, quarterOf, readPeriod } from './period.ts'
import { againstTarget, readTarget } from './target.ts'
import { againstWords, availabilityWords, percentOf, targetWords } from './words.ts'

const month = monthOf(new Date('2026-11-26T10:00:00Z'))
const whole = month.to.getTime() - month.from.getTime()

test('a share is cut, never rounded up to what was not', () => {
  expect([1, 0.99999, 0.999999, 0.9995, 0.99949999, 0.5, 0, null].map(percentOf)).toEqual([
    '100 %',
    '99.999 %',
    '99.999 %',
    '99.95 %',
    '99.94 %',
    '50.00 %',
    '0.00 %',
    'not known',
  ])
  expect([0.999, 0.95, 0.99999].map(targetWords)).toEqual(['99.9 %', '95 %', '99.999 %'])
})

test('a month is told as what was seen of it, what was lost and what was not seen', () => {
  const began = (text: string, ms: number) => ({ began: new Date(text), ended: new Date(Date.parse(text) + ms) })
  const told = availabilityOf(
    {
      measuredFrom: month.from,
      lookedAt: month.to,
      stretches: [
        { kind: 'outage', ...began('2026-11-03T04:00:00Z', 130_000) },
        { kind: 'unseen', ...began('2026-11-05T04:00:00Z', 840_000) },
        { kind: 'outage', ...began('2026-11-09T01:00:00Z', 60_000) },
      ],
      planned: [{ from: new Date('2026-11-09T00:00:00Z'), to: new Date('2026-11-09T02:00:00Z') }],
    },
    month,
    month.to,
  )
  expect(told).toMatchObject({ wholeMs: whole, unplannedMs: 130_000, plannedMs: 60_000, unseenMs: 840_000 })
  expect(availabilityWords(told)).toBe(
    '99.994 % of the time we could see; 2 min 10 s not; 1 min not during planned work; 14 min unseen.',
  )
  expect(againstTarget(told, 0.999, whole)).toEqual({ kind: 'met', leftMs: expect.closeTo(whole / 1000 - 130_000, 3) })
  expect(againstTarget(told, 0.99999, whole)).toMatchObject({ kind: 'missed' })
})

test('below the target with enough left of the period is told as both', () => {
  const met = { kind: 'met', leftMs: 2_400_000 } as const
  expect(againstWords(met, 0.999, 0.9999)).toBe(
    'The target is 99.9 %: it is kept so far; 40 min more may be lost before it is missed.',
  )
  expect(againstWords(met, 0.999, 0.97)).toBe(
    'The target is 99.9 % of the whole period. That is more than was seen so far, and can still be kept: 40 min more may be lost.',
  )
})

test('what was never looked at is neither kept nor missed', () => {
  const told = availabilityOf({ measuredFrom: null, lookedAt: null, stretches: [], planned: [] }, month, month.to)
  expect(told).toMatchObject({ unmeasuredMs: whole, servingMs: 0, share: null })
  expect(againstTarget(told, 0.999, whole)).toEqual({ kind: 'unknown' })
  expect(availabilityWords(told)).toBe('Nothing was measured yet.')
})

test('time after the last look is unseen once it is more than a gap', () => {
  const lookedAt = new Date('2026-11-10T00:00:00Z')
  const measured = { measuredFrom: month.from, lookedAt, stretches: [], planned: [] }
  expect(availabilityOf(measured, month, new Date(lookedAt.getTime() + 5_000)).unseenMs).toBe(0)
  expect(availabilityOf(measured, month, new Date(lookedAt.getTime() + 60_000)).unseenMs).toBe(60_000)
})

test('periods are those of the calendar in UTC', () => {
  expect(readPeriod('2026-11')).toEqual(month)
  expect(readPeriod('2026-Q4')).toEqual(quarterOf(new Date('2026-12-31T23:59:59Z')))
  expect(['2026-13', '2026-Q5', '2026', 'x'].map(readPeriod)).toEqual([null, null, null, null])
  expect(daysOf(month)).toHaveLength(30)
})

test('a target is typed in percent', () => {
  expect(['99.9', '99,95 %', '50', '99.999', '100', '49', '0.999', 'x'].map(readTarget)).toEqual([
    0.999,
    0.9995,
    0.5,
    0.99999,
    null,
    null,
    null,
    null,
  ])
})
