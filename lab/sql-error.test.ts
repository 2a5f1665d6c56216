import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { LabError } from './failure.ts'
import { sqlError } from './sql-error.ts'

test('what Postgres finds wrong with a statement is one sentence', () => {
  const found = sqlError('haproxy', new DatabaseError('syntax error at or near "selct"', 100, 'error'))
  expect(found).toBeInstanceOf(LabError)
  expect(found.message).toBe('Postgres behind haproxy refused the statement: syntax error at or near "selct"')
})

test('a server that cannot be reached is told with its address', () => {
  const found = sqlError('1', Object.assign(new Error('connect ECONNREFUSED 10.0.1.10:5432'), { code: 'ECONNREFUSED' }))
  expect(found.message).toBe(
    'pg-node-1 does not take the statement: connect ECONNREFUSED 10.0.1.10:5432. See: npm run lab -- status',
  )
})

test('what the lab itself says stays as it is', () => {
  const own = new LabError('haproxy does not exist: the lab is not up. Run: npm run lab -- up')
  expect(sqlError('haproxy', own)).toBe(own)
})
