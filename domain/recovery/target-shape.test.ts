import { expect, test } from 'vitest'
import { isRecoveryTarget } from './target-shape.ts'

const set = '20261124-010000F_20261125-010000D'
const at = new Date('2026-11-25T14:03:00Z')

test.each([
  { type: 'time', at, timeline: null },
  { type: 'lsn', lsn: 7, timeline: 3, isExclusive: true },
  { type: 'xid', value: '741', set: null, timeline: null },
  { type: 'xid', value: '741', set, timeline: null, isExclusive: true, at },
  { type: 'name', value: 'before upgrade', set: null, timeline: null },
  { type: 'immediate', set: null },
  { type: 'default', timeline: 2 },
])('%o is a target', (value) => {
  expect(isRecoveryTarget(value)).toBe(true)
})

test.each([
  null,
  'time',
  {},
  { type: 'latest' },
  { type: 'time', at: 'yesterday', timeline: null },
  { type: 'time', at: new Date('yesterday'), timeline: null },
  { type: 'time', at },
  { type: 'lsn', lsn: '0/3000028', timeline: null },
  { type: 'lsn', lsn: 7, timeline: 0 },
  { type: 'lsn', lsn: 7, timeline: null, isExclusive: 'yes' },
  { type: 'xid', value: 741, set: null, timeline: null },
  { type: 'xid', value: '741', set: '../20261124-010000F', timeline: null },
  { type: 'xid', value: '741', set: null, timeline: null, at: 'yesterday' },
  { type: 'name', value: "x' or '1'='1", set: null, timeline: null },
  { type: 'immediate', set: 1 },
  { type: 'default', timeline: '2' },
])('%o is none', (value) => {
  expect(isRecoveryTarget(value)).toBe(false)
})
