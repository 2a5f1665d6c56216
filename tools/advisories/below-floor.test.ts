import { expect, test } from 'vitest'
import { belowFloor, isOlder } from './below-floor.ts'

test.each([
  ['16.2.10', '16.2.11', true],
  ['16.4.6', '16.2.11', false],
  ['16.4.6', '16.4.6', false],
  ['9.0.0', '10.0.0', true],
  ['16.4.6-canary.1', '16.4.6', true],
  ['16.4.7-canary.1', '16.4.6', false],
  ['1.2', '1.2.1', true],
])('%s against %s', (version, floor, expected) => {
  expect(isOlder(version, floor)).toBe(expected)
})

test('every copy counts, also within another package, and nothing that only ends alike', () => {
  const packages = {
    'node_modules/next': { version: '16.4.6' },
    'node_modules/other/node_modules/next': { version: '16.0.1' },
    'node_modules/@scope/next': { version: '1.0.0' },
  }
  expect(belowFloor(packages, { next: { floor: '16.2.11', why: 'CVE-1' } })).toEqual([
    'node_modules/other/node_modules/next is 16.0.1, and 16.2.11 is the least: CVE-1.',
  ])
})

test('a package that is not used any more is named', () => {
  expect(belowFloor({}, { gone: { floor: '1.0.0', why: 'CVE-2' } })).toHaveLength(1)
})
