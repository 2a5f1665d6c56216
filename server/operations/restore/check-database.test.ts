import { expect, test } from 'vitest'
import { checkQuery } from './check-database.ts'

const base = { schema: 'public', rows: 1, isCounted: true }
const tables = [
  { ...base, database: 'shop', name: 'orders', bytes: 9 },
  { ...base, database: 'stock', name: 'parts', bytes: 90 },
]

test('a query is asked in the database of the largest table, or in the one that its first line names', () => {
  expect(checkQuery('select 1', tables)).toEqual({ database: 'stock', query: 'select 1' })
  expect(checkQuery('\\c shop\nselect 1', tables)).toEqual({ database: 'shop', query: 'select 1' })
  expect(checkQuery('select 1', [])).toEqual({ database: 'postgres', query: 'select 1' })
})
