import { expect, test } from 'vitest'
import { groupsIn, rightsOf, type GroupRight } from './group-mapping.ts'
import { showsSecondFactor } from './second-factor.ts'

const mappings: GroupRight[] = [
  { group: 'dba', role: 'operator', scope: { kind: 'all' } },
  { group: 'dba', role: 'admin', scope: { kind: 'label', label: 'test' } },
  { group: 'DBA', role: 'admin', scope: { kind: 'all' } },
]

test('a group gives what is mapped to it, letter by letter', () => {
  expect(rightsOf(['dba'], mappings)).toEqual(mappings.slice(0, 2))
  expect(rightsOf(['dba '], mappings)).toEqual([])
  expect(rightsOf([], mappings)).toEqual([])
})

test.each([
  [
    ['a', 'b', 'a'],
    ['a', 'b'],
  ],
  ['a', ['a']],
  [['a', 1, null, '', { name: 'b' }], ['a']],
  [{ 0: 'a' }, []],
  [undefined, []],
])('the groups in %j are %j', (claim, groups) => {
  expect(groupsIn(claim)).toEqual(groups)
})

test('a second factor counts in the words that are configured alone', () => {
  expect(showsSecondFactor({ amr: ['pwd', 'otp'] }, ['otp'])).toBe(true)
  expect(showsSecondFactor({ acr: 'urn:mfa' }, ['urn:mfa'])).toBe(true)
  expect(showsSecondFactor({ acr: 'urn:mfa', amr: ['mfa'] }, [])).toBe(false)
  expect(showsSecondFactor({ amr: 'otp' }, ['otp'])).toBe(false)
})
