import { expect, test } from 'vitest'
import { z } from 'zod'
import { addPasskey } from '#server/factors/testing/people.ts'
import { openOidc } from '#server/auth/oidc/provider.ts'
import { replaceGroupGrants } from '#server/store/group-mappings.ts'
import { insertIdentity } from '#server/store/identities.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, publicUrl, type TestConsole } from '../testing/console.ts'

const issuer = 'https://id.example.org'
const mapping = z.object({ id: z.string(), group: z.string(), role: z.string(), scope: z.object({ kind: z.string() }) })

function withProvider(console: TestConsole): void {
  const settings = { issuer, clientId: 'matriarch', clientSecret: null, name: 'ID', scopes: ['openid'] }
  console.services.oidc = openOidc(
    { ...settings, groupsClaim: 'groups', stepUpWords: [], rightsDays: 7, emailRule: 'required' },
    publicUrl,
  )
}

async function madeByGroups(owner: Store, console: TestConsole, role: 'viewer' | 'operator' | 'admin') {
  const person = await console.signedIn([])
  await insertIdentity(owner.pool, { issuer, subject: person.id, userId: person.id, email: null, linkedBy: null })
  const right = { group: 'dba', role, scope: { kind: 'all' } } as const
  await replaceGroupGrants(owner.pool, person.id, [right], 7)
  return person
}

test('a mapping is added once, told, and taken away with what people had by it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const body = { group: 'dba', role: 'operator' }
  const made = await console.rest('POST', '/group-mappings', { token, body })
  expect(made.status).toBe(201)
  const { id } = mapping.parse(await made.json())
  expect((await console.rest('POST', '/group-mappings', { token, body })).status).toBe(409)
  const unknown = { group: 'dba', role: 'viewer', scope: { kind: 'cluster', cluster: 'nobody' } }
  expect((await console.rest('POST', '/group-mappings', { token, body: unknown })).status).toBe(404)
  expect(z.array(mapping).parse(await (await console.rest('GET', '/group-mappings', { token })).json())).toMatchObject([
    { group: 'dba', role: 'operator', scope: { kind: 'all' } },
  ])
  const { cookie } = await madeByGroups(owner, console, 'operator')
  const byHand = await console.signedIn('operator')
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(200)
  expect((await console.rest('DELETE', `/group-mappings/${id}`, { token })).status).toBe(200)
  expect((await console.query('session.whoami', undefined, { cookie })).status).toBe(401)
  expect((await console.query('session.whoami', undefined, { cookie: byHand.cookie })).status).toBe(200)
  expect((await console.rest('DELETE', `/group-mappings/${id}`, { token })).status).toBe(404)
})

test('a right by a group is told as such and not taken by hand, and the last administrator by one stays', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const made = await console.rest('POST', '/group-mappings', { token, body: { group: 'dba', role: 'admin' } })
  const { id } = mapping.parse(await made.json())
  const person = await madeByGroups(owner, console, 'admin')
  const grants = z.array(z.object({ id: z.string(), grants: z.array(z.object({ group: z.string().nullable() })) }))
  expect(grants.parse(await (await console.rest('GET', '/users', { token })).json())).toEqual([
    { id: person.id, grants: [{ group: 'dba' }] },
  ])
  const body = { grant: { role: 'admin', scope: { kind: 'all' } } }
  const taken = await console.rest('POST', `/users/${person.id}/grants/revoke`, { token, body })
  expect([taken.status, await taken.text()]).toEqual([412, expect.stringContaining('by the group dba')])
  expect((await console.rest('DELETE', `/group-mappings/${id}`, { token })).status).toBe(412)
  expect((await console.query('users.list', undefined, { cookie: person.cookie })).status).toBe(200)
  await console.signedIn('admin')
  expect((await console.rest('DELETE', `/group-mappings/${id}`, { token })).status).toBe(200)
  expect((await console.query('users.list', undefined, { cookie: person.cookie })).status).toBe(401)
})

test('who came by the provider and has neither factor nor password is sent there to show who they are', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  withProvider(console)
  const { id, cookie, sessionId } = await madeByGroups(owner, console, 'operator')
  const ways = async () => (await console.query('session.stepUpWays', { origin: publicUrl }, { cookie })).text()
  expect(await ways()).toContain('"password":true,"passkey":null,"provider":null')
  await owner.pool.query('update app_user set password_hash = null where id = $1', [id])
  await owner.pool.query('insert into oidc_session (session_id, identity_id) select $1, i.id from identity i', [
    sessionId,
  ])
  expect(await ways()).toContain('"password":false,"passkey":null,"provider":"ID"')
  await addPasskey(owner, id)
  expect(await ways()).toContain('"provider":null')
})

test('an administrator links a person to a subject on purpose, once, and takes it back', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const [anna, jo] = [await console.signedIn('viewer'), await console.signedIn('viewer')]
  const link = (userId: string) => console.rest('POST', '/identities', { token, body: { userId, subject: 's-1' } })
  expect((await link(anna.id)).status).toBe(412)
  withProvider(console)
  expect((await link(anna.id)).status).toBe(201)
  expect((await link(jo.id)).status).toBe(409)
  const list = z.object({
    identities: z.array(z.object({ id: z.string(), userEmail: z.string(), linkedBy: z.string() })),
  })
  const { identities } = list.parse(await (await console.rest('GET', '/identities', { token })).json())
  expect(identities).toMatchObject([{ userEmail: anna.email }])
  expect((await console.rest('DELETE', `/identities/${identities[0]?.id}`, { token })).status).toBe(200)
  const { rows } = await owner.pool.query(
    `select action, outcome from audit_event where action like 'identities.%' order by seq`,
  )
  expect(rows).toEqual([
    { action: 'identities.link', outcome: 'refused' },
    { action: 'identities.link', outcome: 'done' },
    { action: 'identities.link', outcome: 'refused' },
    { action: 'identities.unlink', outcome: 'done' },
  ])
})

test('identities are turned page by page', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  withProvider(console)
  const token = await console.token('admin')
  const people = [await console.signedIn('viewer'), await console.signedIn('viewer'), await console.signedIn('viewer')]
  for (const { id } of people) await madeLinked(owner, id)
  const page = z.object({ identities: z.array(z.object({ userEmail: z.string() })), next: z.string().nullable() })
  const first = page.parse(await (await console.rest('GET', '/identities?limit=2', { token })).json())
  const second = page.parse(
    await (await console.rest('GET', `/identities?limit=2&cursor=${first.next}`, { token })).json(),
  )
  expect([...first.identities, ...second.identities].map(({ userEmail }) => userEmail)).toEqual(
    people.map(({ email }) => email),
  )
  expect(second.next).toBeNull()
})

function madeLinked(owner: Store, userId: string) {
  return insertIdentity(owner.pool, { issuer, subject: userId, userId, email: null, linkedBy: 'admin' })
}

test('a token whose maker’s rights rest is refused with what to do', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  withProvider(console)
  const person = await madeByGroups(owner, console, 'admin')
  const wanted = { name: 'ci', grants: ['admin'], expiresInDays: 30 }
  const made = await (await console.command('tokens.create', wanted, { cookie: person.cookie })).text()
  const token = /mtr_[\w-]+/.exec(made)?.[0] ?? ''
  expect((await console.rest('GET', '/tokens', { token })).status).toBe(200)
  await owner.pool.query('update group_grant set good_until = now()')
  const refused = await console.rest('GET', '/tokens', { token })
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('must sign in with the provider again')
  const own = await console.query('clusters.list', undefined, { cookie: person.cookie })
  expect(own.status).toBe(403)
  expect(await own.text()).toContain('by a group rest: sign in with the provider again')
})
