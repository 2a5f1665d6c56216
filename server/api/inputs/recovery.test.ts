import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromJson } from '#domain/json.ts'
import { check, recoveryTarget } from './recovery.ts'

const at = '2026-11-25T14:03:00.5Z'
const set = '20261124-010000F_20261125-010000D'

test.each([
  [
    { type: 'time', at },
    { type: 'time', at: new Date(at), timeline: null },
  ],
  [
    { type: 'lsn', lsn: '0/3000028' },
    { type: 'lsn', lsn: 0x3000028, timeline: null },
  ],
  [
    { type: 'lsn', lsn: 7, timeline: 3, isExclusive: true },
    { type: 'lsn', lsn: 7, timeline: 3, isExclusive: true },
  ],
  [
    { type: 'xid', value: '741' },
    { type: 'xid', value: '741', set: null, timeline: null },
  ],
  [
    { type: 'xid', value: '741', set, isExclusive: true, at },
    { type: 'xid', value: '741', set, timeline: null, isExclusive: true, at: new Date(at) },
  ],
  [
    { type: 'name', value: 'before upgrade' },
    { type: 'name', value: 'before upgrade', set: null, timeline: null },
  ],
  [{ type: 'immediate' }, { type: 'immediate', set: null }],
  [{ type: 'default' }, { type: 'default', timeline: null }],
])('%o is a target', (given, target) => {
  expect(recoveryTarget.parse(given)).toEqual(target)
})

test.each([
  {},
  { type: 'latest' },
  { type: 'time', at: '2026-11-25 14:03' },
  { type: 'time', at, set },
  { type: 'time', at, timeline: 0 },
  { type: 'time', at, timeline: 2 ** 32 },
  { type: 'time', at, isExclusive: true },
  { type: 'lsn', lsn: -1 },
  { type: 'lsn', lsn: 'FFFFFFFF/FFFFFFFF' },
  { type: 'lsn', lsn: '0/3; drop table' },
  { type: 'xid', value: '0' },
  { type: 'xid', value: '4294967296' },
  { type: 'xid', value: 741 },
  { type: 'xid', value: '1', set: '../20261124-010000F' },
  { type: 'name', value: "x' or '1'='1" },
  { type: 'name', value: 'x'.repeat(64) },
  { type: 'immediate', timeline: 1 },
  { type: 'default', at },
])('%o is none', (given) => {
  expect(recoveryTarget.safeParse(given).success).toBe(false)
})

test.each(['', '  ', 'x'.repeat(4_001), 'select \u0000', 'select \ud800'])('%j is no check', (text) => {
  expect(check.safeParse(text).success).toBe(false)
})

test('whatever is sent is refused, or comes back from the store as it went in', () => {
  const word = fc.oneof(
    fc.constantFrom('time', 'lsn', 'xid', 'name', 'immediate', 'default', at, set, '0/3000028', '741', null, 1, true),
    fc.jsonValue({ maxDepth: 1 }),
    fc.double(),
  )
  const target = fc.dictionary(
    fc.constantFrom('type', 'at', 'lsn', 'value', 'set', 'timeline', 'isExclusive', '__proto__', 'constructor', 'x'),
    word,
  )
  const typed = fc
    .tuple(target, fc.constantFrom('time', 'lsn', 'xid', 'name', 'immediate', 'default'))
    .map(([fields, type]) => ({ ...fields, type }))
  const isKept = (given: unknown) => {
    const read = recoveryTarget.safeParse(given)
    return !read.success || isDeepStrictEqual(fromJson(JSON.stringify(read.data)), read.data)
  }
  const broken = fc.check(fc.property(fc.oneof(typed, target, fc.jsonValue()), isKept), { numRuns: 2_000 })
  expect(broken.counterexample).toBeNull()
})
