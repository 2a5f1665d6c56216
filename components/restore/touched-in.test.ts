import { expect, test } from 'vitest'
import { touchedIn } from './touched-in.ts'

test.each([
  ['at=2026-11-25T14:03:00.000Z', { type: 'time', at: new Date('2026-11-25T14:03:00.000Z'), timeline: null }],
  ['at=2026-11-25T14:03:00.000Z&timeline=3', { type: 'time', at: new Date('2026-11-25T14:03:00.000Z'), timeline: 3 }],
  [
    'at=2026-11-25T14:03:00.000Z&timeline=no',
    { type: 'time', at: new Date('2026-11-25T14:03:00.000Z'), timeline: null },
  ],
  ['at=yesterday', null],
  ['', null],
])('"%s" is read', (query, touched) => {
  expect(touchedIn(new URLSearchParams(query))).toEqual(touched)
})
