import { expect, test } from 'vitest'
import { originIn, passkeyName } from './own-name.ts'

test.each([
  ['https://matriarch.example.org', 'matriarch.example.org'],
  ['http://localhost:4400', 'localhost'],
  ['http://127.0.0.1:4400', null],
  ['https://10.0.0.7', null],
  ['https://[::1]:4400', null],
  ['http://matriarch.example.org', null],
  ['nothing', null],
])('the name of passkeys at %s is %s', (origin, name) => {
  expect(passkeyName(origin)).toBe(name)
})

test('an answer counts at the name it is for and nowhere else', () => {
  const told = (origin: unknown) => Buffer.from(JSON.stringify({ origin })).toString('base64url')
  expect(originIn(told('https://a.example'), 'a.example')).toBe('https://a.example')
  expect(originIn(told('https://b.a.example'), 'a.example')).toBeNull()
  expect(originIn(told('https://a.example.evil'), 'a.example')).toBeNull()
  expect(originIn(told('http://a.example'), 'a.example')).toBeNull()
  expect(originIn(told(null), 'a.example')).toBeNull()
  expect(originIn('not json', 'a.example')).toBeNull()
})
