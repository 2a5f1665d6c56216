import { expect, test } from 'vitest'
import { closedByName } from './closed-by-name.ts'

test('databases are named once, many are counted, and it is said what is not closed', () => {
  expect(closedByName(['shop', 'orders', 'shop'])).toBe(
    'pgBouncer will close orders and shop; whoever a "*" entry lets in to another is held off only while Postgres is stopped.',
  )
  expect(closedByName(['a', 'b', 'c', 'd', 'e'])).toMatch(/^pgBouncer will close 5 databases;/)
  expect(closedByName([])).toMatch(
    /^pgBouncer lists no database that could be closed: whoever a "\*" entry lets in is held off/,
  )
})
