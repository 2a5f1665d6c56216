import { expect, test } from 'vitest'
import { UsageError } from './api-problem.ts'
import { extractIn } from './extract-in.ts'

test.each([
  ['shop.public.orders', { database: 'shop', schema: 'public', table: 'orders' }],
  ['shop.public', { database: 'shop', schema: 'public', table: null }],
  ['shop."odd.schema"."say ""hi"""', { database: 'shop', schema: 'odd.schema', table: 'say "hi"' }],
])('%s', (text, extract) => {
  expect(extractIn(text)).toEqual(extract)
})

test.each(['', 'shop', 'a.b.c.d', 'a..b', 'a.b.', '"a.b', '.a.b', 'a."".b'])('%s names nothing', (text) => {
  expect(() => extractIn(text)).toThrow(UsageError)
})
