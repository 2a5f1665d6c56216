import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseSwitchoverReply } from './switchover-reply.ts'

const page = fixture('patroni/fixtures/3.0.2-error-page.html')

test.each([
  [200, 'Successfully switched over to "pg-node-2"', { kind: 'done', newLeader: 'pg-node-2' }],
  [200, 'Successfully failed over to "pg-node-2"', { kind: 'done', newLeader: 'pg-node-2' }],
  [
    200,
    'Switched over to "pg-node-3" instead of "pg-node-2"',
    { kind: 'done-elsewhere', newLeader: 'pg-node-3', asked: 'pg-node-2' },
  ],
  [200, 'Something new', { kind: 'unknown' }],
  [202, 'Switchover scheduled', { kind: 'scheduled' }],
  [503, 'Switchover status unknown', { kind: 'unknown' }],
  [503, 'Switchover status unknown after 20 seconds; operation may still be in progress', { kind: 'unknown' }],
  [503, 'Switchover failed', { kind: 'refused', status: 503 }],
  [503, 'failed to write switchover key into DCS', { kind: 'unknown' }],
  [503, '', { kind: 'unknown' }],
  [503, page, { kind: 'unknown' }],
  [500, page, { kind: 'unknown' }],
  [502, '<html>Bad Gateway</html>', { kind: 'unknown', sentence: expect.stringContaining('HTTP status 502') }],
  [504, 'upstream request timeout', { kind: 'unknown' }],
  [408, '', { kind: 'unknown' }],
  [302, '', { kind: 'unknown' }],
  [
    412,
    'leader name does not match',
    { kind: 'refused', status: 412, sentence: 'pg-node-1 refused: leader name does not match.' },
  ],
  [
    409,
    page,
    {
      kind: 'refused',
      status: 409,
      sentence: 'pg-node-1 refused the request with HTTP status 409 and gave no reason.',
    },
  ],
  [400, 'Switchover is possible only to a specific candidate in a paused state', { kind: 'refused', status: 400 }],
  [422, 'Cannot schedule switchover in the past', { kind: 'refused', status: 422 }],
  [401, 'not authenticated', { kind: 'refused', status: 401 }],
  [403, 'Access is denied', { kind: 'refused', status: 403 }],
])('status %i with "%s" is understood', (status, body, reply) => {
  expect(parseSwitchoverReply(status, body, 'pg-node-1')).toMatchObject(reply)
})
