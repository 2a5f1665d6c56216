import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, later, prefixOf, prefixRange, toKey, type KeyTable } from './key-table.ts'
import { fromBase64, toBase64 } from './wire.ts'

test.each([
  ['/service', 'demo', '/service/demo/'],
  ['service/', 'demo', '/service/demo/'],
  ['/a/b/', 'demo', '/a/b/demo/'],
])('namespace %s and scope %s make the prefix %s', (namespace, scope, prefix) => {
  expect(prefixOf(namespace, scope)).toBe(prefix)
})

test('the range of a prefix ends right after its last key', () => {
  const range = prefixRange('/service/demo/')
  expect([fromBase64(range.key), fromBase64(range.range_end)]).toEqual(['/service/demo/', '/service/demo0'])
})

test('a key of another prefix is left out', () => {
  expect(toKey({ key: toBase64('/service/other/leader') }, '/service/demo/')).toBeNull()
})

test('changes put and delete keys and never turn the revision back', () => {
  const table: KeyTable = {
    revision: '9',
    keys: new Map([['leader', { name: 'leader', value: 'a', modRevision: '5' }]]),
  }
  const put = { name: 'sync', key: { name: 'sync', value: '{}', modRevision: '10' } }
  const next = applyChanges(table, [put, { name: 'leader', key: null }], '8')
  expect([...next.keys.keys()]).toEqual(['sync'])
  expect(next.revision).toBe('9')
  expect(table.keys.has('leader')).toBe(true)
})

test('the later of two revisions is found also beyond what a double holds', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n }), fc.bigInt({ min: 0n, max: 2n ** 63n }), (a, b) => {
      expect(BigInt(later(String(a), String(b)))).toBe(a > b ? a : b)
    }),
  )
})
