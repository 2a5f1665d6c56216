import pg from 'pg'
import { expect, test } from 'vitest'
import { poolerProblem } from './pooler-problem.ts'

const target = { who: 'pg-1', system: 'pgBouncer', address: '10.0.1.10:6432' }

function told(message: string, code = '08P01') {
  const error = new pg.DatabaseError(message, message.length, 'error')
  error.code = code
  return poolerProblem(error, target, 'watcher')
}

test.each([
  ['not allowed', 'unauthorized', 'add it to stats_users'],
  ['password authentication failed', 'unauthorized', 'auth_file'],
  ['SASL authentication failed', 'unauthorized', 'auth_file'],
  ['no such user', 'unauthorized', 'auth_file'],
  ['no more connections allowed (max_client_conn)', 'unreachable', 'max_client_conn'],
  ['client connections exceeded (max_db_client_connections)', 'unreachable', 'no room'],
  ['bouncer resources exhaustion', 'unreachable', 'no room'],
  ['SSL required', 'tls', 'asks for TLS'],
  ['pooler is shutting down', 'unreachable', 'is shutting down'],
  ['client_login_timeout', 'timeout', 'client_login_timeout'],
  ['unsupported startup parameter: options', 'protocol', 'unsupported startup parameter'],
  ['no such database: pgbouncer', 'protocol', "check the pooler's port"],
])('pgBouncer’s "%s" is told as %s: %s', (message, kind, words) => {
  expect(told(message)).toMatchObject({ kind, message: expect.stringContaining(words) })
})

test('what Postgres says in its place is told apart by its code', () => {
  expect(told('password authentication failed for user "watcher"', '28P01').kind).toBe('unauthorized')
  expect(told('Datenbank »pgbouncer« existiert nicht', '3D000').message).toContain('is not pgBouncer')
})

test.each([
  ['There was an error establishing an SSL connection', 'protocol'],
  ['Query read timeout', 'timeout'],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', 'unauthorized'],
  ['Connection terminated unexpectedly', 'unreachable'],
])('pg’s "%s" is told as %s', (message, kind) => {
  expect(poolerProblem(new Error(message), target, 'watcher').kind).toBe(kind)
})
