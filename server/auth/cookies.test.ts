import { expect, test } from 'vitest'
import { encode } from 'next-auth/jwt'
import { cookieLine, cookieRules, readSessionSecret } from './cookies.ts'

const secret = 'a secret of at least thirty-two characters'

test('over https cookies are secure and no other host can set them', () => {
  const rules = cookieRules('https://matriarch.example.org')
  expect(rules.session).toBe('__Host-matriarch.session')
  expect(cookieLine(rules, rules.session, 'x', 60)).toBe(
    '__Host-matriarch.session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  )
})

test('only a cookie that this console made holds a session', async () => {
  const rules = cookieRules('http://127.0.0.1:4400')
  const read = (cookie: string) => readSessionSecret(new Headers({ cookie }), rules, secret)
  const good = await encode({ token: { sid: 'abc' }, secret })
  expect(await read(`other=1; ${rules.session}=${good}`)).toBe('abc')
  expect(await read(`${rules.session}=${await encode({ token: { sid: 'abc' }, secret: `${secret}!` })}`)).toBeNull()
  expect(await read(`${rules.session}=${await encode({ token: { sid: 'abc' }, secret, maxAge: -60 })}`)).toBeNull()
  expect(await read(`${rules.session}=${await encode({ token: { sub: '1' }, secret })}`)).toBeNull()
  expect(await read(`__Host-${rules.session}=${good}`)).toBeNull()
  expect(await read('')).toBeNull()
})
