import { expect, test } from 'vitest'
import { backendRole } from '#domain/snapshot/backend-role.ts'
import { checkWords } from './haproxy-check-words.ts'

const server = { isUp: false, admin: 'ready', check: 'L7STS', checkCode: 503 } as const

test('a member that does not lead is down in the primary’s backend as it should be', () => {
  expect(checkWords(server, 'primary')).toEqual({
    tone: 'expected',
    sentence: 'Is not the leader, so it gets no writes: as it should be.',
  })
  expect(checkWords(server, null).tone).toBe('expected')
})

test.each([
  [{ isUp: true, check: 'L7OK', checkCode: 200 }, 'good', 'gets the writes'],
  [{ check: 'L7STS', checkCode: 404 }, 'bad', 'HTTP status 404'],
  [{ check: 'L4CON', checkCode: null }, 'bad', 'Nothing listens'],
  [{ check: 'L4TOUT', checkCode: null }, 'bad', 'does not answer in time'],
  [{ check: 'L9NEW', checkCode: null }, 'bad', 'L9NEW'],
  [{ check: 'L7OK', checkCode: 200 }, 'idle', 'comes up'],
  [{ isUp: true, check: 'L7TOUT', checkCode: null }, 'bad', 'begun to fail'],
  [{ isUp: true, check: '', checkCode: null }, 'bad', 'Not checked at all'],
  [{ isUp: true, check: 'INI', checkCode: null }, 'bad', 'Not checked at all'],
  [{ check: 'INI', checkCode: null }, 'idle', 'Not checked yet'],
  [{ admin: 'maint', check: 'L7OK' }, 'idle', 'Taken out'],
  [{ admin: 'drain', check: 'L7OK' }, 'idle', 'Drained'],
] as const)('%j is %s: it says %s', (more, tone, words) => {
  const said = checkWords({ ...server, ...more }, 'primary')
  expect(said.tone).toBe(tone)
  expect(said.sentence).toContain(words)
})

test.each([
  ['primary', 'primary'],
  ['pg_rw', 'primary'],
  ['read-write', 'primary'],
  ['replicas', 'replica'],
  ['pg-ro', 'replica'],
  ['primary-read', 'replica'],
  ['web', null],
])('the backend %s asks for a %s', (name, role) => {
  expect(backendRole(name)).toBe(role)
})
