import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Grant } from '#domain/people/grant.ts'
import { signIn } from '#server/auth/sign-in.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { answerInvitation } from '../invitations/answer.ts'
import { openTestConsole, publicUrl, type TestConsole } from '../testing/console.ts'
import { furnish } from '../testing/two-clusters.ts'

const password = 'a long and silent night'

test('whoever has the link sets name and password once, and has the rights that were given', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const orders = await furnish(owner, 'orders', ['prod'])
  const admin = await console.signedIn('admin')
  const grants = ['operator@cluster:orders', 'viewer@label:prod']
  const invited = await dataOf(
    await console.command('users.invite', { email: 'Bea@Example.org', name: 'Bea', grants }, { cookie: admin.cookie }),
  )
  expect(invited).toMatchObject({
    user: { email: 'bea@example.org', hasJoined: false, grants: [{ role: 'operator', cluster: 'orders' }, {}] },
    link: `${publicUrl}/invitation#${String(invited['token'])}`,
  })
  const token = String(invited['token'])
  const kept = await owner.pool.query('select token_hash from invitation')
  expect(JSON.stringify(kept.rows)).not.toContain(token)
  await expect(
    signIn(console.services, { email: 'bea@example.org', password: '', address: 'a', userAgent: '', device: null }),
  ).rejects.toThrow('wrong')

  expect(await asked(console, { token })).toMatchObject({
    status: 200,
    body: { email: 'bea@example.org', name: 'Bea' },
  })
  const short = await asked(console, { token, name: 'Bea', password: 'short' })
  expect(short).toMatchObject({ status: 400, body: { fields: [{ field: 'password' }] } })
  const joined = await asked(console, { token, name: 'Beatrix', password })
  expect(joined).toMatchObject({ status: 200, body: { email: 'bea@example.org' } })
  expect((await asked(console, { token, name: 'Mallory', password })).status).toBe(404)
  expect((await asked(console, { token })).status).toBe(404)

  const attempt = { email: 'bea@example.org', password, address: 'a', userAgent: '', device: null }
  const { credentials } = await signIn(console.services, attempt)
  expect(credentials.name).toBe('Beatrix')
  const { rows } = await owner.pool.query<Row>(
    `select role, scope, cluster_id, label from app_grant where user_id = $1 order by role`,
    [credentials.id],
  )
  expect(rows).toEqual([
    { role: 'operator', scope: 'cluster', cluster_id: orders.id, label: null },
    { role: 'viewer', scope: 'label', cluster_id: null, label: 'prod' },
  ])
  const records = await owner.pool.query('select action, outcome, target from audit_event where action = $1', [
    'users.join',
  ])
  expect(records.rows).toEqual([{ action: 'users.join', outcome: 'done', target: 'bea@example.org' }])
})

test('a link is good for nothing once it is too old, once a newer one was made, and once its person is disabled', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.signedIn('admin')
  const wanted = { email: 'bea@example.org', name: 'Bea', grants: ['viewer'] }
  const first = await dataOf(await console.command('users.invite', wanted, { cookie: admin.cookie }))
  expect((await console.command('users.invite', wanted, { cookie: admin.cookie })).status).toBe(409)
  const id = idIn(first['user'])
  const second = await dataOf(await console.command('users.inviteAgain', { id }, { cookie: admin.cookie }))
  expect((await asked(console, { token: first['token'] })).status).toBe(404)
  expect((await asked(console, { token: second['token'] })).status).toBe(200)
  await console.command('users.update', { id, disabled: true }, { cookie: admin.cookie })
  expect((await asked(console, { token: second['token'] })).status).toBe(404)
  await console.command('users.update', { id, disabled: false }, { cookie: admin.cookie })
  await owner.pool.query(`update invitation set expires_at = now() - interval '1 second'`)
  expect((await asked(console, { token: second['token'] })).status).toBe(404)
})

test('an invitation is taken from no other site, and guesses from one address have an end', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = 'x'.repeat(43)
  expect((await asked(console, { token }, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await asked(console, { token }, { 'content-type': 'text/plain' })).status).toBe(403)
  const admin = await console.signedIn('admin')
  const wanted = { email: 'bea@example.org', name: 'Bea', grants: ['viewer'] }
  const made = await dataOf(await console.command('users.invite', wanted, { cookie: admin.cookie }))
  const statuses = new Set<number>()
  for (let n = 0; n < 52; n++) {
    statuses.add((await asked(console, { token }, { 'x-forwarded-for': `2001:db8:1:2::${n}` })).status)
  }
  expect([...statuses]).toEqual([404, 429])
  // One that counts is good from there all the same.
  expect((await asked(console, { token: made['token'] }, { 'x-forwarded-for': '2001:db8:1:2::1' })).status).toBe(200)
})

test('who is disabled loses every session and token at once, and tokens do not come back', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.signedIn('admin')
  const other = await console.signedIn('admin')
  const made = await dataOf(
    await console.command('tokens.create', { name: 'ci', grants: ['operator'] }, { cookie: other.cookie }),
  )
  const bearer = { authorization: `Bearer ${String(made['token'])}` }
  expect((await console.query('clusters.list', undefined, bearer)).status).toBe(200)
  await console.command('users.update', { id: other.id, disabled: true }, { cookie: admin.cookie })
  expect((await console.query('clusters.list', undefined, bearer)).status).toBe(401)
  expect((await console.query('clusters.list', undefined, { cookie: other.cookie })).status).toBe(401)
  await console.command('users.update', { id: other.id, disabled: false }, { cookie: admin.cookie })
  expect((await console.query('clusters.list', undefined, bearer)).status).toBe(401)
})

test('the last administrator of everything can neither be disabled nor lose the right, nor can two at once', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const ada = await console.signedIn('admin')
  await console.signedIn([{ role: 'admin', scope: { kind: 'label', label: 'prod' } }])
  const grant = 'admin@all'
  expect((await console.command('users.revoke', { id: ada.id, grant }, { cookie: ada.cookie })).status).toBe(412)
  expect((await console.command('users.update', { id: ada.id, disabled: true }, { cookie: ada.cookie })).status).toBe(
    412,
  )
  const bea = await console.signedIn('admin')
  const both = await Promise.all([
    console.command('users.revoke', { id: ada.id, grant }, { cookie: ada.cookie }),
    console.command('users.revoke', { id: bea.id, grant }, { cookie: bea.cookie }),
  ])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412])
})

test('an administrator sees and ends sessions of anybody, by one and all', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.signedIn('admin')
  const { id, sessionId, cookie } = await console.signedIn('viewer')
  const listed = await console.query('users.sessions', { id }, { cookie: admin.cookie })
  expect(await listed.text()).toContain(sessionId)
  const strange = await console.command(
    'users.endSession',
    { id: admin.id, session: sessionId },
    { cookie: admin.cookie },
  )
  expect(strange.status).toBe(404)
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(200)
  expect(
    await dataOf(await console.command('users.endSession', { id, session: sessionId }, { cookie: admin.cookie })),
  ).toEqual({
    ended: 1,
  })
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(401)
  expect(await dataOf(await console.command('users.endSession', { id }, { cookie: admin.cookie }))).toEqual({
    ended: 0,
  })
})

test('a token has an end unless never is said, and no more rights than its maker has then and later', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const orders = await furnish(owner, 'orders', [])
  const admin = await console.signedIn('admin')
  await console.signedIn('admin')
  const make = async (input: object) => dataOf(await console.command('tokens.create', input, { cookie: admin.cookie }))
  const ended = await make({ name: 'one', grants: ['operator@cluster:orders', 'viewer'] })
  await make({ name: 'two', grants: ['viewer'], expiresInDays: null })
  const { rows } = await owner.pool.query(
    `select name, round(extract(epoch from expires_at - now()) / 86400)::int as days from api_token order by name`,
  )
  expect(rows).toEqual([
    { name: 'one', days: 90 },
    { name: 'two', days: null },
  ])
  const unknown = await console.command(
    'tokens.create',
    { name: 'three', grants: ['viewer@cluster:never'] },
    { cookie: admin.cookie },
  )
  expect(unknown.status).toBe(400)

  const bearer = { authorization: `Bearer ${String(ended['token'])}` }
  const whoami = async () => dataOf(await console.query('session.whoami', undefined, bearer))
  const grantsOf = async () => (await whoami())['grants']
  expect(await grantsOf()).toHaveLength(2)
  await owner.pool.query(
    `update app_grant set scope = 'cluster', cluster_id = $2, role = 'viewer' where user_id = $1`,
    [admin.id, orders.id],
  )
  const left: Grant[] = [{ role: 'viewer', scope: { kind: 'cluster', clusterId: orders.id } }]
  expect(await grantsOf()).toEqual(left)
})

test('an auditor sees people and tokens and changes none of them', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const auditor = await console.signedIn('auditor')
  expect((await console.query('users.list', undefined, { cookie: auditor.cookie })).status).toBe(200)
  expect((await console.query('tokens.list', undefined, { cookie: auditor.cookie })).status).toBe(200)
  expect(
    (await console.command('users.update', { id: randomUUID(), name: 'X' }, { cookie: auditor.cookie })).status,
  ).toBe(403)
  expect((await console.command('tokens.revoke', { id: randomUUID() }, { cookie: auditor.cookie })).status).toBe(403)
})

test('what is granted of a cluster goes with it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const orders = await furnish(owner, 'orders', [])
  const { id, cookie } = await console.signedIn([{ role: 'viewer', scope: { kind: 'cluster', clusterId: orders.id } }])
  await owner.pool.query('delete from cluster')
  expect((await owner.pool.query('select 1 from app_grant where user_id = $1', [id])).rowCount).toBe(0)
  expect((await console.query('clusters.list', undefined, { cookie })).status).toBe(403)
})

interface Row {
  role: string
  scope: string
  cluster_id: string | null
  label: string | null
}

async function asked(console: TestConsole, body: object, headers: Record<string, string> = {}) {
  const text = JSON.stringify(body)
  const request = new Request(`${publicUrl}/api/invitation`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'content-length': String(text.length),
      'x-matriarch': '1',
      origin: publicUrl,
      ...headers,
    },
  })
  const response = await answerInvitation(console.services, request)
  const answer: unknown = await response.json()
  return { status: response.status, body: answer }
}

async function dataOf(response: Response): Promise<Record<string, unknown>> {
  const body: { result?: { data?: { json?: Record<string, unknown> } } } = JSON.parse(await response.text())
  return body.result?.data?.json ?? {}
}

function idIn(user: unknown): string {
  return typeof user === 'object' && user !== null && 'id' in user ? String(user.id) : ''
}
