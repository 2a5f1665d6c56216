import { expect, test } from 'vitest'
import { toldOf, wayOf } from './way.ts'

test.each([
  ['open', []],
  ['open', ['member-missing']],
  ['shut', ['haproxy-no-primary']],
  ['shut', ['haproxy-unseen', 'haproxy-disagrees']],
  ['unseen', ['haproxy-unseen']],
] as const)('the way is %s where %j is found', (way, kinds) => {
  expect(wayOf(kinds.map((kind) => ({ kind })))).toBe(way)
})

test('a database that works is told as another thing when nobody gets through to it', () => {
  expect(toldOf('serving', 'open')).toBe('serving')
  expect(toldOf('serving', 'shut')).toBe('way-shut')
  expect(toldOf('serving', 'unseen')).toBe('way-unseen')
})

test('of one that does not work, the way is not what matters', () => {
  expect(toldOf('not-serving', 'shut')).toBe('not-serving')
  expect(toldOf('unseen', 'unseen')).toBe('unseen')
})
