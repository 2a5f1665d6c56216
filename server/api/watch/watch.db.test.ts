import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MadeShare } from '../shares/shares.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, publicUrl, type TestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { answerBadge } from './badge.ts'
import { answerWatch, enterByLink } from './http.ts'

const own = {
  origin: publicUrl,
  'content-type': 'application/json',
  'x-matriarch': '1',
  'sec-fetch-site': 'same-origin',
}

function enter(console: TestConsole, token: string, headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ token })
  const length = { 'content-length': String(body.length) }
  const init = { method: 'POST', body, headers: { ...own, ...length, ...headers } }
  return enterByLink(console.services, new Request(`${publicUrl}/api/watch/enter`, init))
}

function look(console: TestConsole, cookie: string, share: string): Promise<Response> {
  return answerWatch(
    console.services,
    new Request(`${publicUrl}/api/watch/status`, { headers: { cookie, 'x-share': share } }),
  )
}

async function prepare(owner: Awaited<ReturnType<typeof openTestStore>>) {
  const console = await openTestConsole(owner)
  const clusterId = randomUUID()
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const admin = await console.token('admin')
  const make = async (body: object): Promise<MadeShare> => {
    const response = await console.rest('POST', '/shares', { token: admin, body })
    expect(response.status).toBe(201)
    return JSON.parse(await response.text())
  }
  return { console, clusterId, admin, make }
}

test('a link is exchanged for a cookie that shows the status of its clusters, and is counted', async () => {
  await using owner = await openTestStore()
  const { console, admin, make } = await prepare(owner)
  await using _ = console
  const { token, path, share } = await make({ title: 'For the shop', clusters: ['main'] })
  expect(path).toBe(`/status#${token}`)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const kept = await owner.pool.query('select token_hash from share_link')
  expect(JSON.stringify(kept.rows)).not.toContain(token)
  const entered = await enter(console, token)
  expect(entered.status).toBe(200)
  expect(entered.headers.get('cache-control')).toBe('no-store')
  expect(entered.headers.get('referrer-policy')).toBe('no-referrer')
  expect(entered.headers.get('x-robots-tag')).toContain('noindex')
  const line = entered.headers.get('set-cookie') ?? ''
  expect(line).toMatch(/; HttpOnly; SameSite=Lax/)
  expect(line).not.toContain(token)
  const cookie = line.split(';', 1)[0] ?? ''
  const seen = await look(console, cookie, share.id)
  expect([seen.status, await seen.json()]).toMatchObject([
    200,
    { result: { data: { json: { title: 'For the shop', clusters: [{ name: 'main', state: 'serving' }] } } } },
  ])
  // The same browser that comes again is the same view.
  await enter(console, token, { cookie })
  const listed = await console.rest('GET', '/shares', { token: admin })
  const text = await listed.text()
  expect(JSON.parse(text)).toMatchObject([{ title: 'For the shop', views: 1, lastViewedAt: expect.any(String) }])
  expect(text).not.toContain(token)
  expect(text).not.toContain('hash')
})

test('a wrong token, a revoked link and one that has ended are the same to whoever tries', async () => {
  await using owner = await openTestStore()
  const { console, admin, make } = await prepare(owner)
  await using _ = console
  const revoked = await make({ title: 'revoked', clusters: ['main'] })
  const cookie = ((await enter(console, revoked.token)).headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  expect((await look(console, cookie, revoked.share.id)).status).toBe(200)
  await console.rest('DELETE', `/shares/${revoked.share.id}`, { token: admin })
  const ended = await make({ title: 'ended', clusters: ['main'] })
  await owner.pool.query(`update share_link set expires_at = now() where id = $1`, [ended.share.id])
  const badge = await make({ kind: 'badge', title: 'a badge', clusters: ['main'] })
  const told = await Promise.all(
    [revoked.token, ended.token, badge.token, 'A'.repeat(43), 'short'].map(async (token) => {
      const response = await enter(console, token)
      return [response.status, await response.text(), response.headers.get('set-cookie')]
    }),
  )
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(told[0]?.[0]).toBe(401)
  // A cookie of before is good for nothing once its link is revoked.
  expect((await look(console, cookie, revoked.share.id)).status).toBe(401)
})

test('a cookie opens only the page of its own link, and one that is forged opens none', async () => {
  await using owner = await openTestStore()
  const { console, make } = await prepare(owner)
  await using _ = console
  const [one, other] = [
    await make({ title: 'one', clusters: ['main'] }),
    await make({ title: 'other', clusters: ['main'] }),
  ]
  const cookie = ((await enter(console, one.token)).headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  expect((await look(console, cookie, other.share.id)).status).toBe(401)
  const forged = cookie.replace(one.share.id, other.share.id)
  expect((await look(console, forged, other.share.id)).status).toBe(401)
  // Nor is it a session of the console, nor does a session open it.
  expect((await console.query('clusters.list', undefined, { cookie })).status).toBe(401)
  const { cookie: session } = await console.signedIn('admin')
  expect((await look(console, session, one.share.id)).status).toBe(401)
})

test('a page of another site cannot exchange, a form cannot, and nothing but a look is answered', async () => {
  await using owner = await openTestStore()
  const { console, make } = await prepare(owner)
  await using _ = console
  const { token, share } = await make({ title: 'one', clusters: ['main'] })
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'x-matriarch': '' },
  ]) {
    expect([headers, (await enter(console, token, headers)).status]).toEqual([headers, 403])
  }
  const cookie = ((await enter(console, token)).headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  const request = new Request(`${publicUrl}/api/watch/status`, {
    method: 'POST',
    body: '{}',
    headers: { ...own, cookie, 'x-share': share.id },
  })
  expect((await answerWatch(console.services, request)).status).toBeGreaterThanOrEqual(400)
})

test('an address has thirty tries a minute, over all web processes', async () => {
  await using owner = await openTestStore()
  const { console } = await prepare(owner)
  await using _ = console
  const from = (address: string) => enter(console, 'A'.repeat(43), { 'x-forwarded-for': address })
  const codes: number[] = []
  for (let n = 0; n < 32; n += 1) codes.push((await from('203.0.113.9')).status)
  // A minute may turn meanwhile; then both have their own count.
  const limited = codes.filter((code) => code === 429).length
  const { rows } = await owner.pool.query<{ n: number }>('select count(*)::int as n from share_attempt')
  expect(limited === 2 || rows[0]?.n === 2).toBe(true)
  expect((await from('203.0.113.10')).status).toBe(401)
})

test('a badge says in a picture whether its cluster takes writes, with the label alone', async () => {
  await using owner = await openTestStore()
  const { console, clusterId, make, admin } = await prepare(owner)
  await using _ = console
  const { path, share } = await make({ kind: 'badge', title: 'Shop <db>', clusters: ['main'], expiresInDays: 365 })
  const file = path.slice('/badge/'.length)
  const ask = (name: string) => answerBadge(console.services, new Request(`${publicUrl}/badge/${name}`), name)
  const shown = await ask(file)
  expect(shown.headers.get('content-type')).toContain('image/svg+xml')
  expect(shown.headers.get('cache-control')).toContain('max-age=5')
  const svg = await shown.text()
  expect(svg).toContain('Shop &lt;db&gt;: takes writes')
  expect(svg).not.toContain('main')
  // Old news is no news.
  await owner.pool.query(
    `update latest_snapshot set body = jsonb_set(body::jsonb, '{takenAt}', '"2026-01-01T00:00:00.000Z"')`,
  )
  expect(await (await ask(file)).text()).toContain('Shop &lt;db&gt;: not seen')
  await sweep(owner, { clusterId, version: 2 })
  await console.rest('DELETE', `/shares/${share.id}`, { token: admin })
  const gone = await ask(file)
  expect([gone.status, await gone.text()]).toEqual([404, expect.not.stringContaining('Shop')])
})

test('a page is shared for thirty days at most, a badge shows one cluster, and only an admin makes either', async () => {
  await using owner = await openTestStore()
  const { console, admin } = await prepare(owner)
  await using _ = console
  const ask = async (token: string, body: object) => (await console.rest('POST', '/shares', { token, body })).status
  expect(await ask(admin, { title: 'long', clusters: ['main'], expiresInDays: 31 })).toBe(400)
  expect(await ask(admin, { kind: 'badge', title: 'two', clusters: ['main', 'main'] })).toBe(400)
  expect(await ask(admin, { title: 'none', clusters: [] })).toBe(400)
  expect(await ask(await console.token('operator'), { title: 'x', clusters: ['main'] })).toBe(403)
  const { rows } = await owner.pool.query(`select action, outcome from audit_event where outcome <> 'done'`)
  expect(rows).toEqual([{ action: 'shares.create', outcome: 'refused' }])
})
