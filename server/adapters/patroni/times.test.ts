import { expect, test } from 'vitest'
import { fromEpoch, parseTime } from './times.ts'

test.each([
  ['2026-11-23 07:13:52.672228+00:00', '2026-11-23T07:13:52.672Z'],
  ['2026-11-23 07:13:52+02', '2026-11-23T05:13:52.000Z'],
  ['2026-11-23T07:13:52+0530', '2026-11-23T01:43:52.000Z'],
  ['2026-11-23T07:13:52Z', '2026-11-23T07:13:52.000Z'],
  ['2026-11-23 07:13:52.672 UTC', '2026-11-23T07:13:52.672Z'],
])('%s is read', (text, iso) => {
  expect(parseTime(text)?.toISOString()).toBe(iso)
})

test.each(['', 'tomorrow', '2026-11-23 07:13:52', '2026-99-99T00:00:00Z', null, undefined])('%s is no time', (text) => {
  expect(parseTime(text)).toBeNull()
})

test('seconds that no date can hold are no time', () => {
  expect(fromEpoch(1e300)).toBeNull()
  expect(fromEpoch(null)).toBeNull()
  expect(fromEpoch(0)).toEqual(new Date(0))
})
