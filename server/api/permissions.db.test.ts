import { randomBytes } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import type { Grant, Scope } from '#domain/people/grant.ts'
import { permissions, roles, type Role } from '#domain/people/permission.ts'
import { makeSecretText } from '#server/auth/secret-text.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { allProcedures, type Procedure } from './procedures.ts'
import { routes, type Route } from './rest/routes.ts'
import { openTestConsole, publicUrl, type TestConsole } from './testing/console.ts'
import { expectedHolders, expectedRights, type ExpectedPlace } from './testing/expected-rights.ts'
import { furnish, type Furnished } from './testing/two-clusters.ts'

const procedures = allProcedures()
const someId = '00000000-0000-4000-8000-00000000beef'

test('every mutation names its own path as its audit action, and nothing else has one', () => {
  for (const { path, type, meta } of procedures)
    expect([path, meta.audit]).toEqual([path, type === 'mutation' ? path : null])
})

test('every procedure stands in the table of expected rights with the permission it has, and every permission has its holders', () => {
  const told = Object.fromEntries(procedures.map(({ path, meta }) => [path, meta.permission]))
  const expected = Object.fromEntries(
    Object.entries(expectedRights).map(([path, { permission }]) => [path, permission]),
  )
  expect(told).toEqual(expected)
  expect(Object.keys(expectedHolders).toSorted()).toEqual(permissions.toSorted())
  expect(routes.filter(({ procedure }) => !(procedure in expectedRights))).toEqual([])
})

test('nobody gets past a procedure or a route without a session or token that counts', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const cluster = await furnish(owner, 'orders', [])
  const ended = await console.signedIn('admin')
  await owner.pool.query('update app_session set ended_at = now() where id_hash = $1', [ended.sessionId])
  const idle = await console.signedIn('admin')
  await owner.pool.query(`update app_session set last_seen_at = now() - interval '31 minutes' where id_hash = $1`, [
    idle.sessionId,
  ])
  const old = await console.signedIn('admin')
  await owner.pool.query('update app_session set expires_at = now() where id_hash = $1', [old.sessionId])
  const disabled = await console.signedIn('admin')
  await owner.pool.query('update app_user set disabled_at = now() where id = $1', [disabled.id])
  const revoked = await console.token('admin')
  await owner.pool.query('update api_token set revoked_at = now()')
  const expired = await console.token('admin')
  await owner.pool.query('update api_token set expires_at = now() where revoked_at is null')
  const cookieOf = async (secret: string) =>
    `${console.services.rules.session}=${await encode({ token: { sid: makeSecretText() }, secret })}`
  const shown: Record<string, Record<string, string>> = {
    nothing: {},
    'an ended session': { cookie: ended.cookie },
    'an idle session': { cookie: idle.cookie },
    'a session past its end': { cookie: old.cookie },
    'a session of a disabled person': { cookie: disabled.cookie },
    'a forged cookie': { cookie: `${console.services.rules.session}=eyJhbGciOiJkaXIifQ..a.b.c` },
    'a session of another console': { cookie: await cookieOf(randomBytes(32).toString('base64url')) },
    'a session that was never begun': { cookie: await cookieOf(console.services.secret) },
    'a revoked token': { authorization: `Bearer ${revoked}` },
    'an expired token': { authorization: `Bearer ${expired}` },
    'a token of nobody': { authorization: 'Bearer mtr_00000000000000000000000000000000' },
  }
  // So many bad tokens from one address would be told to wait.
  const forget = () => owner.pool.query('delete from allowance')
  for (const [what, headers] of Object.entries(shown)) {
    await forget()
    for (const procedure of procedures) {
      const { code } = await callOf(console, procedure, cluster, headers)
      expect([procedure.path, what, code]).toEqual([procedure.path, what, 'unauthenticated'])
    }
    await forget()
    for (const route of routes) {
      const { code } = await askOf(console, route, cluster, headers)
      expect([nameOf(route), what, code]).toEqual([nameOf(route), what, 'unauthenticated'])
    }
  }
})

const scopes = ['all', 'here', 'elsewhere', 'label'] as const

test.each(roles)(
  'a %s gets exactly what the table says, at each scope, by session and by token',
  async (role: Role) => {
    await using owner = await openTestStore()
    await using console = await openTestConsole(owner)
    const here = await furnish(owner, 'orders', ['near'])
    const elsewhere = await furnish(owner, 'stock', ['far'])
    const scopeOf: Record<(typeof scopes)[number], Scope> = {
      all: { kind: 'all' },
      here: { kind: 'cluster', clusterId: here.id },
      elsewhere: { kind: 'cluster', clusterId: elsewhere.id },
      label: { kind: 'label', label: 'far' },
    }
    for (const scope of scopes) {
      const grants: Grant[] = [{ role, scope: scopeOf[scope] }]
      const { cookie } = await console.signedIn(grants)
      const token = { authorization: `Bearer ${await console.token(grants)}` }
      for (const procedure of procedures) {
        const expected = expectedOf(procedure.path, role, scope)
        for (const headers of [{ cookie }, token]) {
          const got = toldAs(await callOf(console, procedure, here, headers), here)
          expect([procedure.path, role, scope, got]).toEqual([procedure.path, role, scope, expected])
        }
      }
      for (const route of routes) {
        const got = toldAs(await askOf(console, route, here, token), here)
        expect([nameOf(route), role, scope, got]).toEqual([
          nameOf(route),
          role,
          scope,
          expectedOf(route.procedure, role, scope, isOfCluster(route)),
        ])
      }
    }
  },
  240_000,
)

test('whoever has no role gets what is their own, and nothing else', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const here = await furnish(owner, 'orders', ['near'])
  const { cookie } = await console.signedIn([])
  for (const procedure of procedures) {
    const got = toldAs(await callOf(console, procedure, here, { cookie }), here)
    expect([procedure.path, got]).toEqual([procedure.path, expectedOf(procedure.path, null, 'all')])
  }
  for (const route of routes) {
    const got = toldAs(await askOf(console, route, here, { cookie }), here)
    expect([nameOf(route), got]).toEqual([nameOf(route), expectedOf(route.procedure, null, 'all')])
  }
})

test('a list with a cluster that may not be seen answers as for one that is not there', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const here = await furnish(owner, 'orders', [])
  const elsewhere = await furnish(owner, 'stock', [])
  const grants: Grant[] = [{ role: 'admin', scope: { kind: 'cluster', clusterId: elsewhere.id } }]
  const { cookie } = await console.signedIn(grants)
  const lists = ['alerts.list', 'audit.list', 'events.list', 'incidents.list', 'operations.list', 'silences.list']
  for (const path of lists) {
    const unseen = await console.query(path, { cluster: here.name }, { cookie })
    const missing = await console.query(path, { cluster: 'never' }, { cookie })
    expect([path, (await told(unseen)).sentence]).toEqual([path, 'No cluster named orders is registered.'])
    expect([path, (await told(missing)).sentence]).toEqual([path, 'No cluster named never is registered.'])
    expect([unseen.status, missing.status]).toEqual([404, 404])
    const all = await (await console.query(path, {}, { cookie })).text()
    expect([path, all.includes(here.id), all.includes('orders')]).toEqual([path, false, false])
    const own = await (await console.query(path, { cluster: elsewhere.name }, { cookie })).text()
    expect([path, /stock|planned work/.test(own) || path === 'alerts.list']).toEqual([path, true])
  }
  const fleet = await (await console.query('clusters.list', undefined, { cookie })).text()
  expect([fleet.includes('stock'), fleet.includes('orders')]).toEqual([true, false])
})

test('of an operation, incident, silence or record that may not be seen is said what is said of none', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const here = await furnish(owner, 'orders', [])
  const elsewhere = await furnish(owner, 'stock', [])
  const grants: Grant[] = [{ role: 'admin', scope: { kind: 'cluster', clusterId: elsewhere.id } }]
  const { cookie } = await console.signedIn(grants)
  const sentenceOf = async (path: string, input: unknown) =>
    (await told(await console.query(path, input, { cookie }))).sentence
  expect(await sentenceOf('operations.get', { id: here.operation })).toBe(`There is no operation ${here.operation}.`)
  expect(await sentenceOf('operations.get', { id: someId })).toBe(`There is no operation ${someId}.`)
  expect(await sentenceOf('incidents.get', { number: here.incident })).toBe(`There is no incident ${here.incident}.`)
  expect(await sentenceOf('incidents.get', { number: 999 })).toBe('There is no incident 999.')
  expect(await sentenceOf('audit.get', { seq: here.record })).toBe(`The audit log has no record ${here.record}.`)
  expect(await sentenceOf('audit.get', { seq: 999 })).toBe('The audit log has no record 999.')
  const ended = await console.command('silences.end', { id: here.silence }, { cookie })
  expect((await told(ended)).sentence).toBe('There is no such silence.')
})

test('a right taken away or given counts at the next request', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { id, cookie } = await console.signedIn('admin')
  expect((await console.query('users.list', undefined, { cookie })).status).toBe(200)
  await owner.pool.query(`update app_grant set role = 'viewer' where user_id = $1`, [id])
  expect((await console.query('users.list', undefined, { cookie })).status).toBe(403)
  await owner.pool.query('delete from app_grant where user_id = $1', [id])
  expect((await console.query('clusters.list', undefined, { cookie })).status).toBe(403)
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(200)
})

test('a label grant follows the labels of a cluster', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const here = await furnish(owner, 'orders', ['prod'])
  const { cookie } = await console.signedIn([{ role: 'viewer', scope: { kind: 'label', label: 'prod' } }])
  expect((await console.query('clusters.get', { name: 'orders' }, { cookie })).status).toBe(200)
  await owner.pool.query(`update cluster set labels = '{test}' where id = $1`, [here.id])
  expect((await console.query('clusters.get', { name: 'orders' }, { cookie })).status).toBe(404)
})

test('a command without the permission is recorded as refused, with whom and on what', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie, email } = await console.signedIn('viewer')
  await console.command('clusters.remove', { name: 'main', confirmName: 'main', reason: 'why not' }, { cookie })
  const { rows } = await owner.pool.query('select actor_name, action, target, outcome from audit_event')
  expect(rows).toEqual([{ actor_name: email, action: 'clusters.remove', target: 'main', outcome: 'refused' }])
})

test('a refused command is recorded with the cluster that it led to, and whoever asked learns nothing of it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const here = await furnish(owner, 'orders', [])
  const elsewhere = await furnish(owner, 'stock', [])
  const { cookie } = await console.signedIn([{ role: 'admin', scope: { kind: 'cluster', clusterId: elsewhere.id } }])
  const removal = (name: string) => ({ name, confirmName: name, reason: 'why not' })
  const asked: [string, unknown, string, string | null][] = [
    ['clusters.remove', removal('Orders'), 'No cluster named Orders is registered.', 'orders'],
    ['clusters.remove', removal('never'), 'No cluster named never is registered.', null],
    ['operations.cancel', { id: here.operation }, `There is no operation ${here.operation}.`, 'orders'],
    ['operations.cancel', { id: someId }, `There is no operation ${someId}.`, null],
    ['silences.end', { id: here.silence }, 'There is no such silence.', 'orders'],
  ]
  for (const [path, input, sentence, cluster] of asked) {
    expect([path, (await told(await console.command(path, input, { cookie }))).sentence]).toEqual([path, sentence])
    const { rows } = await owner.pool.query(
      'select action, outcome, cluster_id as id, cluster_name as name from audit_event order by seq desc limit 1',
    )
    expect(rows).toEqual([{ action: path, outcome: 'refused', id: cluster === null ? null : here.id, name: cluster }])
  }
})

interface Told {
  code: string | null
  sentence: string | null
}

/** What a role with a grant of that scope is told of what is of the cluster `here`; null = whoever has none. */
function expectedOf(path: string, role: Role | null, scope: (typeof scopes)[number], namesCluster = false): string {
  const expected = expectedRights[path]
  if (!expected) return 'no entry'
  if (expected.place === 'self') return 'entered'
  if (role === null || !expectedHolders[expected.permission]?.includes(role)) return 'forbidden'
  const isOfAll = expected.place === 'anywhere' && !namesCluster
  if (scope === 'all' || isOfAll) return 'entered'
  if (expected.place === 'everywhere') return 'forbidden'
  return scope === 'here' ? 'entered' : 'unknown'
}

/** A refusal by name; whatever is said of the missing input once it was entered is `entered`. */
function toldAs({ code, sentence }: Told, here: Furnished): string {
  if (code === 'forbidden' || code === 'unauthenticated') return code
  return unknownSentences(here).includes(sentence ?? '') ? 'unknown' : 'entered'
}

function unknownSentences({ name, operation, incident, record }: Furnished): string[] {
  return [
    `No cluster named ${name} is registered.`,
    `There is no operation ${operation}.`,
    `There is no incident ${incident}.`,
    `The audit log has no record ${record}.`,
    'There is no such silence.',
    'There is no such maintenance window.',
  ]
}

function valueOf(place: ExpectedPlace, here: Furnished): Record<string, unknown> {
  switch (place) {
    case 'cluster':
      return { cluster: here.name }
    case 'name':
      return { name: here.name }
    case 'operation':
      return { id: here.operation, operation: here.operation }
    case 'incident':
      return { number: here.incident }
    case 'silence':
      return { id: here.silence }
    case 'window':
      return { id: here.window }
    case 'record':
      return { seq: here.record }
    case 'self':
    case 'anywhere':
    case 'everywhere':
      return {}
  }
}

/** What a procedure answers to an input that leads to the cluster and says nothing else. */
async function callOf(
  console: TestConsole,
  procedure: Procedure,
  here: Furnished,
  headers: Record<string, string>,
): Promise<Told> {
  const { path, type } = procedure
  const expected = expectedRights[path]
  const whole = valueOf(expected?.place ?? 'self', here)
  const field = expected?.field
  const named = field === undefined ? without(whole, 'operation') : { [field]: whole[field] }
  // What is known by no procedure keeps those that were entered from doing anything.
  const spoilt = procedure.input === null ? named : { ...named, isKnownToNone: true }
  const input = type === 'subscription' ? { cluster: null } : spoilt
  const ending = new AbortController()
  const response =
    type === 'mutation'
      ? await console.command(path, input, headers)
      : await console.send(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, {
          headers,
          signal: ending.signal,
        })
  if (type !== 'subscription') return told(response)
  const text = await firstWords(response)
  ending.abort()
  return { code: /"appCode":"([a-z-]+)"/.exec(text)?.[1] ?? null, sentence: null }
}

/** What a route answers with its path filled in and nothing else. */
async function askOf(
  console: TestConsole,
  route: Route,
  here: Furnished,
  headers: Record<string, string>,
): Promise<Told> {
  const { place } = expectedRights[route.procedure] ?? { place: 'self' }
  const ids: Partial<Record<ExpectedPlace, string>> = {
    operation: here.operation,
    silence: here.silence,
    window: here.window,
  }
  const id = ids[place] ?? someId
  const words: Record<string, string> = {
    name: route.procedure === 'runbooks.get' ? 'leader-lost' : here.name,
    number: String(here.incident),
    id,
    session: 'x',
  }
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? 'x')
  // It would wait for a worker, of which there is none.
  const query = route.procedure === 'repositories.expiryPreview' ? '?repository=none' : ''
  const ending = new AbortController()
  const response = await console.send(`/api/v1${path}${query}`, {
    method: route.method,
    signal: ending.signal,
    headers: {
      'x-matriarch': '1',
      origin: publicUrl,
      ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(route.method === 'GET'
      ? {}
      : {
          body: JSON.stringify(
            ['silences.create', 'maintenance.start'].includes(route.procedure) ? { cluster: here.name } : {},
          ),
        }),
  })
  const answer = await told(response)
  ending.abort()
  return answer
}

function isOfCluster(route: Route): boolean {
  return route.path.startsWith('/clusters/{name}')
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`
}

function without(all: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([each]) => each !== name))
}

/** The console's code and sentence of an answer; null where the procedure answered. */
async function told(response: Response): Promise<Told> {
  const text = await response.text()
  const code = /"(?:appCode|code)":"([a-z][a-z-]+)"/.exec(text)?.[1] ?? null
  const sentence = /"(?:sentence|detail)":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? null
  return response.ok ? { code: null, sentence: null } : { code, sentence }
}

async function firstWords(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader && !/hello|appCode/.test(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
  }
  await reader?.cancel()
  return text
}
