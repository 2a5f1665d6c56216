import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { maxBodyBytes } from './guard.ts'
import { openTestConsole, publicUrl } from './testing/console.ts'

const input = { email: 'new@example.org', name: 'New', role: 'admin' }
const json = JSON.stringify({ json: input })
const good = { 'content-type': 'application/json', 'x-matriarch': '1', origin: publicUrl }
const form = new FormData()
form.set('email', input.email)

const attacks: Record<string, { init: RequestInit; headers?: Record<string, string>; search?: string }> = {
  'a plain form of another site': {
    init: { method: 'POST', body: new URLSearchParams(input) },
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  },
  'JSON as text/plain': { init: { method: 'POST', body: json }, headers: { ...good, 'content-type': 'text/plain' } },
  'multipart form data': { init: { method: 'POST', body: form }, headers: { origin: publicUrl, 'x-matriarch': '1' } },
  'a body of octets': {
    init: { method: 'POST', body: json },
    headers: { ...good, 'content-type': 'application/octet-stream' },
  },
  'no content type': {
    init: { method: 'POST', body: new Uint8Array([123, 125]) },
    headers: { origin: publicUrl, 'x-matriarch': '1' },
  },
  GET: { init: { method: 'GET' }, headers: good, search: `?input=${encodeURIComponent(json)}` },
  'a foreign origin': { init: { method: 'POST', body: json }, headers: { ...good, origin: 'https://evil.example' } },
  'a sibling origin': { init: { method: 'POST', body: json }, headers: { ...good, origin: 'http://127.0.0.1:4401' } },
  'the origin null': { init: { method: 'POST', body: json }, headers: { ...good, origin: 'null' } },
  'a same-site page': { init: { method: 'POST', body: json }, headers: { ...good, 'sec-fetch-site': 'same-site' } },
  'no origin at all': {
    init: { method: 'POST', body: json },
    headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
  },
  'no header of the console': {
    init: { method: 'POST', body: json },
    headers: { 'content-type': 'application/json', origin: publicUrl },
  },
  'a method in disguise': {
    init: { method: 'GET' },
    headers: { ...good, 'x-http-method-override': 'POST' },
    search: `?input=${encodeURIComponent(json)}`,
  },
}

test.each(Object.keys(attacks))('with an administrator signed in, %s changes nothing', async (name) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('admin')
  const attack = attacks[name]
  const response = await console.send(`/api/trpc/users.create${attack?.search ?? ''}`, {
    ...attack?.init,
    headers: { ...attack?.headers, cookie },
  })
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
  const { rows } = await owner.pool.query('select 1 from app_user where email = $1', [input.email])
  expect(rows).toEqual([])
})

test("the console's own page changes what it may", async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('admin')
  const response = await console.send('/api/trpc/users.create', {
    method: 'POST',
    body: json,
    headers: { ...good, cookie, 'sec-fetch-site': 'same-origin' },
  })
  expect(response.status).toBe(200)
})

test('a page served under the host the browser asked for is its own page', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('viewer')
  const own = { cookie, origin: 'http://matriarch.internal:4400', host: 'matriarch.internal:4400' }
  expect((await console.query('session.whoami', undefined, own)).status).toBe(200)
  expect((await console.query('session.whoami', undefined, { ...own, host: 'other' })).status).toBe(403)
})

test('a body past the limit is refused before it is understood', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('admin')
  const huge = { ...input, name: 'x'.repeat(maxBodyBytes) }
  const response = await console.command('users.create', huge, { cookie })
  expect(response.status).toBe(413)
  expect(await response.text()).toContain('256 kB')
})

test('input that is deeply nested, poisoned or no JSON is refused without harm', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('admin')
  const bodies = [
    '',
    'null',
    '[]',
    '{"json":',
    '['.repeat(100_000),
    '{"json":' + '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000) + '}',
    '{"json":{"__proto__":{"isAdmin":true},"email":"x"}}',
    '{"json":{"email":"x"},"meta":{"values":{"__proto__.isAdmin":["Date"]}}}',
    '{"json":{"email":"x"},"meta":{"values":{"constructor.prototype.isAdmin":["undefined"]}}}',
    '{"json":{"email":1e400,"name":NaN}}',
  ]
  for (const body of bodies) {
    const response = await console.send('/api/trpc/users.create', {
      method: 'POST',
      body,
      headers: { ...good, cookie },
    })
    const text = await response.text()
    expect([body.slice(0, 60), response.status]).toEqual([body.slice(0, 60), 400])
    expect(text).toContain('"appCode":"invalid"')
    expect(text).not.toContain('stack')
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('isAdmin')
})
