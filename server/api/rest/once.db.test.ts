import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'

const told = z.object({ user: z.object({ id: z.string(), email: z.string() }), password: z.string() })

function send(console: TestConsole, token: string, asked: { key: string; body: unknown; path?: string }) {
  return console.send(`/api/v1${asked.path ?? '/users'}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': asked.key },
    body: JSON.stringify(asked.body),
  })
}

const anna = { email: 'anna@example.org', name: 'Anna', role: 'viewer' }

test('sent twice with one key, a change is made once and its answer told again, secrets and all', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const key = randomUUID()
  const first = await send(console, token, { key, body: anna })
  const answer = told.parse(await first.json())
  const again = await send(console, token, { key, body: anna })
  expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true'])
  expect(told.parse(await again.json())).toEqual(answer)
  const { rows } = await owner.pool.query('select r::text as row from idempotent_request r')
  expect(JSON.stringify(rows)).not.toContain(key)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(answer.password).toString('hex'))
  expect((await owner.pool.query(`select 1 from audit_event where action = 'users.create'`)).rows).toHaveLength(1)
})

test('one key with another request is 422, and another caller’s key is another key', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const key = randomUUID()
  await send(console, token, { key, body: anna })
  const other = await send(console, token, { key, body: { ...anna, email: 'jo@example.org' } })
  expect([other.status, await other.json()]).toMatchObject([422, { instance: '/api/v1/users', code: 'conflict' }])
  const elsewhere = await send(console, token, { key, body: { name: 'ci', role: 'viewer' }, path: '/tokens' })
  expect(elsewhere.status).toBe(422)
  const second = await console.token('admin')
  expect((await send(console, second, { key, body: { ...anna, email: 'jo@example.org' } })).status).toBe(201)
  expect((await owner.pool.query('select email from app_user order by email')).rows).toEqual([
    { email: 'anna@example.org' },
    { email: 'jo@example.org' },
  ])
})

test('many at once with one key have one effect and one answer', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const key = randomUUID()
  const asked = { key, body: { name: 'ci', role: 'viewer' }, path: '/tokens' }
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(console, token, asked)))
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201))
  expect(new Set(texts).size).toBe(1)
  expect((await owner.pool.query(`select 1 from api_token where name = 'ci'`)).rows).toHaveLength(1)
})

test('what was refused is forgotten, so that the same key may try again', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const key = randomUUID()
  await send(console, token, { key: randomUUID(), body: anna })
  expect((await send(console, token, { key, body: anna })).status).toBe(409)
  await owner.pool.query(`delete from app_user where email = 'anna@example.org'`)
  expect((await send(console, token, { key, body: anna })).status).toBe(201)
})

test('whoever took a request up and never ended is followed by another; two that carry it out make one change', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const key = randomUUID()
  await send(console, token, { key, body: anna })
  // As after a process that died before it had changed anything.
  await owner.pool.query(`delete from app_user where email = 'anna@example.org'`)
  await owner.pool.query(
    `update idempotent_request set done_at = null, status = null, answer = null, held_until = now()`,
  )
  expect((await send(console, token, { key, body: anna })).status).toBe(201)
  // As after one that died between its change and its answer.
  await owner.pool.query(`update idempotent_request set status = null, answer = null, held_until = now()`)
  const lost = await send(console, token, { key, body: anna })
  expect([lost.status, await lost.json()]).toMatchObject([409, { detail: expect.stringContaining('carried out') }])
})

test.each(['short', 'x'.repeat(101)])('the key %s is no key', async (key) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const response = await send(console, await console.token('admin'), { key, body: anna })
  expect([response.status, await response.json()]).toMatchObject([400, { fields: [{ field: 'Idempotency-Key' }] }])
})

test('lists are bounded, and each page leads to the next', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  for (let n = 1; n <= 5; n += 1) {
    await console.rest('POST', '/users', {
      token,
      body: { email: `u${n}@example.org`, name: `U ${n}`, role: 'viewer' },
    })
  }
  for (const [path, from] of [
    ['/users?limit=2', z.array(z.object({ email: z.string() }))],
    ['/audit?limit=2', z.object({ records: z.array(z.object({ target: z.string() })) })],
  ] as const) {
    const seen: unknown[] = []
    for (let next: string | null = path; next !== null;) {
      const response = await console.rest('GET', next, { token })
      const body = from.parse(await response.json())
      seen.push(...(Array.isArray(body) ? body : body.records))
      next = /<\/api\/v1([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null
    }
    expect([path, seen.length]).toEqual([path, 5])
  }
  expect((await console.rest('GET', '/users?limit=0', { token })).status).toBe(400)
  expect((await console.rest('GET', '/users?cursor=nobody', { token })).status).toBe(400)
})

test('what has not changed is not sent again', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const authorization = `Bearer ${await console.token('admin')}`
  const first = await console.send('/api/v1/channels', { headers: { authorization } })
  const tag = first.headers.get('etag') ?? ''
  const second = await console.send('/api/v1/channels', { headers: { authorization, 'if-none-match': `W/${tag}` } })
  expect([first.status, second.status, await second.text()]).toEqual([200, 304, ''])
  expect((await console.send('/api/v1/channels', { headers: { 'if-none-match': tag } })).status).toBe(401)
})
