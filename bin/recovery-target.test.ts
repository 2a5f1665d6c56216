import { expect, test } from 'vitest'
import { UsageError } from './api-problem.ts'
import { needTarget, targetIn } from './recovery-target.ts'

const at = '2026-11-25T14:03:00Z'

test.each([
  [{ target: at }, { type: 'time', at: new Date(at), timeline: null }],
  [
    { at, timeline: '3' },
    { type: 'time', at: new Date(at), timeline: 3 },
  ],
  [
    { lsn: '0/3000028', exclusive: true },
    { type: 'lsn', lsn: 0x3000028, timeline: null, isExclusive: true },
  ],
  [
    { xid: '741', set: 'x' },
    { type: 'xid', value: '741', set: 'x', timeline: null },
  ],
  [{ name: 'before upgrade' }, { type: 'name', value: 'before upgrade', set: null, timeline: null }],
  [{ backupEnd: true }, { type: 'immediate', set: null }],
  [{ latest: true }, { type: 'default', timeline: null }],
])('%o', (options, target) => {
  expect(targetIn(options)).toEqual(target)
})

test.each([
  { target: at, lsn: '0/1' },
  { target: 'yesterday' },
  { target: at, exclusive: true },
  { target: at, set: '20261124-010000F' },
  { backupEnd: true, timeline: '2' },
  { lsn: 'here' },
  { xid: '0' },
  { xid: '7', timeline: 'two' },
])('%o is refused', (options) => {
  expect(() => targetIn(options)).toThrow(UsageError)
})

test('without any there is none, where one is needed that is told', () => {
  expect(targetIn({})).toBeNull()
  expect(() => needTarget({})).toThrow(/--target TIME/)
})
