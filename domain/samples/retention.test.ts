import { expect, test } from 'vitest'
import { daysInWords, retentionByDefault, retentionFaults } from './retention.ts'

test('what it comes with has no fault', () => {
  expect(retentionFaults(retentionByDefault)).toEqual([])
})

test.for([1, 0, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY, 401])('raw values are not kept for %s days', (raw) => {
  expect(retentionFaults({ ...retentionByDefault, minute: 1_000, tenMinutes: 1_000, hour: 1_000, raw })).toEqual([
    { field: 'raw', sentence: 'Give whole days from 2 to 400.' },
  ])
})

test('finer values are kept no longer than coarser ones', () => {
  expect(retentionFaults({ ...retentionByDefault, minute: 101, hour: 3_651 })).toEqual([
    {
      field: 'minute',
      sentence: 'May not be kept longer than by ten minutes, 100 days: keep this shorter or that longer.',
    },
    {
      field: 'hour',
      sentence: 'May not be kept longer than by the day, 10 years: keep this shorter or that longer.',
    },
  ])
  expect(retentionFaults({ raw: 9, minute: 9, tenMinutes: 9, hour: 9, day: 9 })).toEqual([])
})

test('next to what is no number, only that is told', () => {
  expect(retentionFaults({ ...retentionByDefault, minute: Number.NaN }).map(({ field }) => field)).toEqual(['minute'])
})

test('days are told as years where they are whole ones', () => {
  expect([1, 30, 365, 730, 731].map(daysInWords)).toEqual(['1 day', '30 days', '1 year', '2 years', '731 days'])
})
