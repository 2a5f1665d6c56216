import { expect, test } from 'vitest'
import { z } from 'zod'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from './testing/console.ts'

const failure = z.object({
  error: z.object({
    json: z.object({
      data: z.object({
        appCode: z.string(),
        sentence: z.string(),
        fields: z.array(z.object({ field: z.string(), sentence: z.string() })),
      }),
    }),
  }),
})

async function failureOf(response: Response) {
  return failure.parse(await response.json()).error.json.data
}

test('a change and its record are kept together', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie, email } = await console.signedIn('admin')
  const response = await console.command(
    'users.create',
    { email: 'B@example.org', name: 'B', role: 'viewer' },
    { cookie },
  )
  expect(await response.text()).toMatch(/"password":"[a-z2-9-]{23}"/)
  const { rows } = await owner.pool.query('select actor_name, action, target, outcome, detail from audit_event')
  expect(rows).toEqual([
    {
      actor_name: email,
      action: 'users.create',
      target: 'b@example.org',
      outcome: 'done',
      detail: { name: 'B', grants: ['viewer@all'] },
    },
  ])
})

test('without the record there is no change', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('admin')
  await owner.pool.query(`alter table audit_event add constraint full_disk check (action <> 'users.create') not valid`)
  const response = await console.command(
    'users.create',
    { email: 'b@example.org', name: 'B', role: 'viewer' },
    { cookie },
  )
  expect(response.status).toBe(500)
  const { rows } = await owner.pool.query(`select 1 from app_user where email = 'b@example.org'`)
  expect(rows).toEqual([])
})

test('a refused act is recorded with its reason', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie, email } = await console.signedIn('admin')
  const response = await console.command('users.create', { email, name: 'Twice', role: 'viewer' }, { cookie })
  expect([response.status, await failureOf(response)]).toMatchObject([
    409,
    { appCode: 'conflict', fields: [{ field: 'email' }] },
  ])
  const { rows } = await owner.pool.query('select action, target, outcome, detail from audit_event')
  expect(rows).toMatchObject([
    { action: 'users.create', target: email, outcome: 'refused', detail: { code: 'conflict' } },
  ])
})

test('the last administrator can be neither disabled nor demoted, not even by two at once', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const [one, other] = [await console.signedIn('admin'), await console.signedIn('admin')]
  const statuses = await Promise.all([
    console.command('users.revoke', { id: other.id, grant: 'admin' }, { cookie: one.cookie }),
    console.command('users.update', { id: one.id, disabled: true }, { cookie: other.cookie }),
  ])
  const good = statuses.filter((response) => response.status === 200)
  expect(good).toHaveLength(1)
  const { rows } = await owner.pool.query(
    `select 1 from app_user u join app_grant g on g.user_id = u.id where g.role = 'admin' and u.disabled_at is null`,
  )
  expect(rows).toHaveLength(1)
})

test('disabling a person ends their sessions; enabling does not bring them back', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.signedIn('admin')
  const person = await console.signedIn('viewer')
  await console.command('users.update', { id: person.id, disabled: true }, { cookie: admin.cookie })
  await console.command('users.update', { id: person.id, disabled: false }, { cookie: admin.cookie })
  expect((await console.query('session.whoami', undefined, { cookie: person.cookie })).status).toBe(401)
})

test('ending the present session signs out and takes the cookie back', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie, sessionId } = await console.signedIn('viewer')
  const response = await console.command('session.end', { id: sessionId }, { cookie })
  expect(response.headers.get('set-cookie')).toMatch(
    /^matriarch\.session=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/,
  )
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(401)
})

test("nobody ends another person's session", async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.signedIn('admin')
  const person = await console.signedIn('viewer')
  const response = await console.command('session.end', { id: person.sessionId }, { cookie: admin.cookie })
  expect(response.status).toBe(404)
  expect((await console.query('session.whoami', undefined, { cookie: person.cookie })).status).toBe(200)
})

test('a changed password ends the other sessions, and needs the present one', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { id, cookie } = await console.signedIn('viewer', 'the old password')
  await owner.pool.query(
    `insert into app_session (id_hash, user_id, expires_at, user_agent, address) values ('other', $1, now() + interval '1 hour', '', '')`,
    [id],
  )
  const wrong = await console.command(
    'session.changePassword',
    { current: 'a guess', next: 'the new password' },
    { cookie },
  )
  expect(await failureOf(wrong)).toMatchObject({ appCode: 'invalid', fields: [{ field: 'current' }] })
  const right = await console.command(
    'session.changePassword',
    { current: 'the old password', next: 'the new password' },
    { cookie },
  )
  expect(await right.text()).toContain('"endedSessions":1')
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(200)
})

test('a token is told once, works at once and not after it is revoked', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const admin = await console.token('admin')
  const made = await console.rest('POST', '/tokens', {
    token: admin,
    body: { name: 'ci', role: 'viewer', expiresInDays: 1 },
  })
  const { id, token } = z.object({ id: z.string(), token: z.string() }).parse(await made.json())
  expect((await console.rest('GET', '/whoami', { token })).status).toBe(200)
  expect(await (await console.rest('GET', '/tokens', { token: admin })).text()).not.toContain(token)
  const { rows } = await owner.pool.query('select t::text, a.canonical from api_token t, audit_event a')
  expect(JSON.stringify(rows)).not.toContain(token)
  expect((await console.rest('DELETE', `/tokens/${id}`, { token: admin })).status).toBe(200)
  expect((await console.rest('GET', '/whoami', { token })).status).toBe(401)
})
