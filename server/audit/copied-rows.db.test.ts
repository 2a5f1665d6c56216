import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { copiedRows } from './copied-rows.ts'

test('whatever a column holds is read as a query reads it', async () => {
  await using store = await openTestStore()
  const reader = await store.pool.connect()
  try {
    const signs = fc.oneof(
      fc.constantFrom('\\', '\\N', '\\.', '\t', '\n', '\r', '\b', '\f', '\v', '"', '\\t', 'N', 'é', '😀'),
      // The store keeps no NUL, and no half of a sign.
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    )
    const column = fc.option(fc.array(signs, { maxLength: 8 }).map((parts) => parts.join('').replaceAll('\0', '')))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(column, column), { maxLength: 5 }), async (given) => {
        await reader.query('create temp table if not exists held (n int, a text, b text)')
        await reader.query('truncate held')
        for (const [n, [a, b]] of given.entries()) await reader.query('insert into held values ($1, $2, $3)', [n, a, b])
        expect(await copiedRows(reader, 'select a, b from held order by n')).toEqual(given)
      }),
      { numRuns: 60 },
    )
  } finally {
    reader.release()
  }
})

test('what the store says against it is thrown, and the connection goes on', async () => {
  await using store = await openTestStore()
  const reader = await store.pool.connect()
  try {
    await expect(copiedRows(reader, 'select nothing')).rejects.toThrow('nothing')
    expect(await copiedRows(reader, 'select 1')).toEqual([['1']])
  } finally {
    reader.release()
  }
})
