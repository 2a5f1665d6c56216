import { expect, test } from 'vitest'
import { z } from 'zod'
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
  console.services.oidc = openOidc({ ...settings, groupsClaim: 'groups', stepUpWords: [] }, publicUrl)
}

async function madeByGroups(owner: Store, console: TestConsole, role: 'viewer' | 'operator') {
  const person = await console.signedIn([])
  await insertIdentity(owner.pool, { issuer, subject: person.id, userId: person.id, email: null, linkedBy: null })
  const right = { group: 'dba', role, scope: { kind: 'all' } } as const
  await replaceGroupGrants(owner.pool, person.id, [right])
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
