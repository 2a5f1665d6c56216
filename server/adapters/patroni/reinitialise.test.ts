import { expect, test } from 'vitest'
import { parseReinitialiseReply } from './reinitialise.ts'

test.each<[number, string, object]>([
  [200, 'reinitialize started', { kind: 'started' }],
  [503, 'reinitialize already in progress', { kind: 'busy', with: 'reinitialize' }],
  [503, 'restarting after failure already in progress', { kind: 'busy', with: 'restarting after failure' }],
  [
    503,
    'Cluster has no leader, can not reinitialize',
    { kind: 'refused', sentence: expect.stringContaining('nobody leads') },
  ],
  [503, 'I am the leader, can not reinitialize', { kind: 'refused', sentence: expect.stringContaining('it leads') }],
  [401, 'no auth header received', { kind: 'refused', status: 401 }],
  [503, '<html>Service Unavailable</html>', { kind: 'unknown' }],
  [502, 'Bad Gateway', { kind: 'unknown' }],
  [500, '', { kind: 'unknown' }],
])('an answer %i "%s" is understood', (status, body, reply) => {
  expect(parseReinitialiseReply(status, body, 'pg-node-1')).toMatchObject(reply)
})
