import { expect, test } from 'vitest'
import { storableJson, storableText } from './storable.ts'

test('what Postgres would refuse is left out, at any depth', () => {
  const cut = 'a\0b\ud83d'
  expect(storableText(cut)).toBe('ab\ufffd')
  expect(storableJson({ lines: [{ line: cut, at: new Date(0) }], n: 1 })).toBe(
    '{"lines":[{"line":"ab\ufffd","at":"1970-01-01T00:00:00.000Z"}],"n":1}',
  )
  expect(storableJson({ kept: 'a\\u0000' })).toBe(JSON.stringify({ kept: 'a\\u0000' }))
})
