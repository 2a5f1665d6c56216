import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { NextRequest } from 'next/server'
import { allProcedures } from '#server/api/procedures.ts'
import { routes } from '#server/api/rest/routes.ts'
import { webServices } from '#server/api/services.ts'
import { openTestConsole, publicUrl, type TestConsole } from '#server/api/testing/console.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'

// The handlers as Next serves them, with an administrator's cookie on every request, as a browser would send it.
const secret = 'a secret of thirty-two characters and more'
let owner: TestStore
let console: TestConsole
let cookie: string
let trpc: Handlers
let rest: Handlers
let auth: Handlers

type Handlers = Record<string, (request: NextRequest, context: { params: Promise<never> }) => Promise<Response>>

beforeAll(async () => {
  owner = await openTestStore()
  const { webUrl } = await prepareRoles(owner.url)
  vi.stubEnv('MATRIARCH_WEB_DATABASE_URL', webUrl)
  vi.stubEnv('NEXTAUTH_SECRET', secret)
  vi.stubEnv('NEXTAUTH_URL', publicUrl)
  console = await openTestConsole(owner)
  console.services.secret = secret
  cookie = (await console.signedIn('admin')).cookie
  trpc = { ...(await import('./trpc/[trpc]/route.ts')) }
  rest = { ...(await import('./v1/[...path]/route.ts')) }
  auth = { ...(await import('./auth/[...nextauth]/route.ts')) } as Handlers
})

afterAll(async () => {
  const { hub, store } = webServices()
  await hub.close()
  await store.close()
  await console[Symbol.asyncDispose]()
  await owner[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

const own = { origin: publicUrl, 'x-matriarch': '1', 'content-type': 'application/json' }
const json = JSON.stringify({ json: {} })

/** What a page of another site, or of a sibling of this one, can make a browser send, and what a careless proxy may let through. */
const attacks: Record<string, { headers: Record<string, string>; body?: BodyInit; method?: string }> = {
  'a form of another site': {
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ json: '{}' }),
  },
  'a form of another site in an old browser': {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'json=%7B%7D',
  },
  'a form in the name of this origin': {
    headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'json=%7B%7D',
  },
  'JSON as text/plain': { headers: { ...own, 'content-type': 'text/plain' }, body: json },
  'JSON as text/plain, said to be JSON too': {
    headers: { ...own, 'content-type': 'text/plain; application/json' },
    body: json,
  },
  'multipart form data': {
    headers: { ...own, 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x\r\ncontent-disposition: form-data; name="json"\r\n\r\n{}\r\n--x--\r\n',
  },
  octets: { headers: { ...own, 'content-type': 'application/octet-stream' }, body: json },
  'no content type': {
    headers: { origin: publicUrl, 'x-matriarch': '1', 'content-length': '11' },
    body: new TextEncoder().encode(json),
  },
  'a sibling origin': { headers: { ...own, origin: 'http://other.127.0.0.1.example:4400' }, body: json },
  'the same host on another port': { headers: { ...own, origin: 'http://127.0.0.1:4401' }, body: json },
  'a foreign origin': { headers: { ...own, origin: 'https://evil.example' }, body: json },
  'an origin that begins as this one': { headers: { ...own, origin: `${publicUrl}.evil.example` }, body: json },
  'the origin null': { headers: { ...own, origin: 'null' }, body: json },
  'no origin': { headers: { 'x-matriarch': '1', 'content-type': 'application/json' }, body: json },
  'a cross-site fetch': { headers: { ...own, 'sec-fetch-site': 'cross-site' }, body: json },
  'a same-site fetch': { headers: { ...own, 'sec-fetch-site': 'same-site' }, body: json },
  'no header of the console': { headers: { origin: publicUrl, 'content-type': 'application/json' }, body: json },
  'another value of that header': { headers: { ...own, 'x-matriarch': '0' }, body: json },
  GET: { headers: own, method: 'GET' },
  HEAD: { headers: own, method: 'HEAD' },
  'GET that overrides its method': {
    headers: { ...own, 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
    method: 'GET',
  },
}

test.each(Object.entries(attacks))('every command of the procedures refuses %s', async (_, attack) => {
  const before = await state()
  for (const { path } of allProcedures().filter(({ type }) => type === 'mutation')) {
    const search = attack.method === undefined ? '' : `?input=${encodeURIComponent(json)}`
    const response = await send(trpc, `/api/trpc/${path}${search}`, 'POST', attack)
    const text = await response.text()
    expect.soft([path, refusals(attack).includes(response.status)], text).toEqual([path, true])
  }
  expect(changes(before, await state())).toEqual([])
})

test.each(Object.entries(attacks))('every command in a batch of two refuses %s', async (_, attack) => {
  const before = await state()
  const search = `?batch=1&input=${encodeURIComponent('{"0":{"json":{}},"1":{"json":{}}}')}`
  const response = await send(trpc, `/api/trpc/users.create,tokens.create${search}`, 'POST', attack)
  expect(refusals(attack)).toContain(response.status)
  expect(changes(before, await state())).toEqual([])
})

/** Forbidden, of no type that is understood, or (a batch that is no JSON) unknown; with another method there is nothing of the kind. */
function refusals(attack: { method?: string }): number[] {
  return attack.method === undefined ? [403, 404, 415] : [405]
}

const changing = routes.filter(({ method }) => method !== 'GET')

test.each(Object.entries(attacks))('every changing address of the REST interface refuses %s', async (_, attack) => {
  const before = await state()
  const wrong: unknown[] = []
  for (const { path, method } of changing) {
    const { status } = await send(rest, `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`, method, attack)
    // With another method the same address may be there to be read; to change something it is not.
    const isRead = attack.method !== undefined && routes.some((each) => each.method === 'GET' && each.path === path)
    const isRefused = attack.method === undefined ? status === 403 : status >= 400 && status < 500
    if (!isRefused && !isRead) wrong.push([method, path, status])
  }
  expect(wrong).toEqual([])
  expect(changes(before, await state())).toEqual([])
})

// A file that is handed out is a command because its taking is recorded; there is nothing else to it.
test('what is read over REST is never a command', () => {
  const commands = new Set(allProcedures().flatMap(({ path, type }) => (type === 'mutation' ? [path] : [])))
  expect(
    routes.filter(
      ({ method, procedure, isFile, lines }) => method === 'GET' && !isFile && !lines && commands.has(procedure),
    ),
  ).toEqual([])
})

test.each(Object.entries(attacks))('signing in and out refuses %s', async (_, attack) => {
  const before = await state()
  for (const path of ['callback/credentials', 'signout']) {
    const response = await send(auth, `/api/auth/${path}`, 'POST', attack, path.split('/'))
    expect.soft([path, response.status]).toEqual([path, attack.method === undefined ? 403 : 404])
    expect.soft(response.headers.getSetCookie()).toEqual([])
  }
  expect(changes(before, await state())).toEqual([])
})

test("the console's own pages get as far as the input", async () => {
  const response = await send(trpc, '/api/trpc/users.create', 'POST', { headers: own, body: json })
  expect(response.status).toBe(400)
  const outside = await send(rest, '/api/v1/users', 'POST', { headers: own, body: '{}' })
  expect(outside.status).toBe(400)
})

function send(
  handlers: Handlers,
  path: string,
  method: string,
  attack: { headers: Record<string, string>; body?: BodyInit; method?: string },
  nextauth: string[] = [],
): Promise<Response> {
  const used = attack.method ?? method
  const request = new NextRequest(`${publicUrl}${path}`, {
    method: used,
    headers: { host: new URL(publicUrl).host, cookie, ...attack.headers },
    ...(attack.body !== undefined && { body: attack.body }),
  })
  // Next answers HEAD by what answers GET.
  const handler = handlers[used === 'HEAD' ? 'GET' : used]
  if (!handler) return Promise.resolve(new Response(null, { status: 405 }))
  return handler(request, { params: Promise.resolve({ nextauth } as never) })
}

/** Everything that is kept, as a line a table: whoever changes anything changes it. */
async function state(): Promise<Map<string, string>> {
  const { rows: tables } = await owner.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::int as rows, md5(string_agg(t::text, '' order by t::text)) as hash from ${name} t`,
  )
  const { rows } = await owner.pool.query<{ name: string; rows: number; hash: string }>(each.join(' union all '))
  return new Map(rows.map(({ name, rows: count, hash }) => [name, `${count} ${hash}`]))
}

function changes(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].flatMap(([name, hash]) => (before.get(name) === hash ? [] : [name]))
}
