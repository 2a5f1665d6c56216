import { expect, test } from 'vitest'
import { UsageError } from './failure.ts'
import { hostNamed, nodeNamed } from './names.ts'

test('a node answers to its name and to its number', () => {
  expect(hostNamed('pg-node-2')).toBe('pg-node-2')
  expect(hostNamed('2')).toBe('pg-node-2')
  expect(nodeNamed('3')).toBe('pg-node-3')
})

test.each(['', '0', '4', 'pg-node-4', 'PG-NODE-1', 'toString'])('"%s" is no host of the lab', (name) => {
  expect(() => hostNamed(name)).toThrow(UsageError)
})

test('what works on nodes only refuses every other host', () => {
  expect(() => nodeNamed('haproxy')).toThrow('not on haproxy')
})
