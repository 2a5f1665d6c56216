import { everywhere } from '#domain/people/grant.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { steppingUp } from './passkey-options.ts'
import { makeChallenge } from '#server/factors/challenge.ts'
import { addPasskey } from '#server/factors/testing/people.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { allProcedures } from '../procedures.ts'
import { answerSignIn } from '../sign-in/answer.ts'
import { furnish } from '../testing/two-clusters.ts'
import { openTestConsole, publicUrl, type TestConsole, type TestPerson } from '../testing/console.ts'

const password = 'correct horse battery'
let home: string
let owner: TestStore
let console: TestConsole

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  owner = await openTestStore()
  await publishSealingKey(owner, loadWorkerKeys(home), null)
  console = await openTestConsole(owner)
})
afterAll(async () => {
  await console[Symbol.asyncDispose]()
  await owner[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

test('exactly the dangerous classes want a step-up', () => {
  const wanting = allProcedures().flatMap(({ path, meta }) => (meta.stepUp ? [path] : []))
  expect(wanting.toSorted()).toEqual([
    'agents.invite',
    'agents.remove',
    'clusters.add',
    'clusters.remove',
    'clusters.update',
    'factors.addPasskey',
    'factors.addTotp',
    'factors.newRecoveryCodes',
    'factors.remove',
    'factors.setPolicy',
    'failover.request',
    'history.keepFor',
    'identities.link',
    'identities.mapGroup',
    'identities.unlink',
    'identities.unmapGroup',
    'notifications.addChannel',
    'notifications.changeChannel',
    'notifications.removeChannel',
    'operations.decide',
    'releases.request',
    'replicas.reinitialise',
    'repositories.expire',
    'repositories.setUp',
    'restores.request',
    'shares.create',
    'tokens.create',
    'tokens.revoke',
    'users.create',
    'users.grant',
    'users.invite',
    'users.inviteAgain',
    'users.resetPassword',
    'users.revoke',
    'users.update',
  ])
})

test('five minutes after showing who one is each of them asks again, of a person and not of a token', async () => {
  const admin = await stale('admin')
  const token = await console.token('admin')
  const cluster = await furnish(owner, 'orders', [])
  // Of what the act is, is known before.
  const { name } = cluster
  const input = { cluster: name, name, operation: cluster.operation, id: cluster.operation }
  for (const { path } of allProcedures().filter(({ meta }) => meta.stepUp)) {
    expect([path, await codeOf(await console.command(path, input, { cookie: admin.cookie }))]).toEqual([
      path,
      'step-up-wanted',
    ])
    const byToken = await codeOf(await console.command(path, {}, { authorization: `Bearer ${token}` }))
    expect([path, byToken === 'step-up-wanted']).toEqual([path, false])
  }
  const { rows } = await owner.pool.query('select 1 from audit_event where actor_id = $1', [admin.id])
  expect(rows).toEqual([])
})

test('who has no factor shows the password; the same act goes through afterwards', async () => {
  const admin = await stale('admin')
  const add = () =>
    console.command('users.create', { email: 'new@example.org', name: 'New', role: 'viewer' }, { cookie: admin.cookie })
  expect(await codeOf(await add())).toBe('step-up-wanted')
  const wrong = await stepUp(admin, { way: 'password', password: 'wrong' })
  expect(await codeOf(wrong)).toBe('invalid')
  expect((await stepUp(admin, { way: 'password', password })).status).toBe(200)
  expect((await add()).status).toBe(200)
})

test('who has a factor shows the factor: the password is not enough, and an answer for another session is none', async () => {
  const admin = await stale('admin')
  const { passkey } = await addPasskey(owner, admin.id)
  expect(await codeOf(await stepUp(admin, { way: 'password', password }))).toBe('invalid')
  const { secret } = console.services
  const elsewhere = makeChallenge(secret, 'step-up|another', new Date())
  expect(await codeOf(await stepUp(admin, { way: 'passkey', assertion: passkey.answer(elsewhere) }))).toBe('invalid')
  const own = makeChallenge(secret, steppingUp({ ...personOf(admin) }), new Date())
  const assertion = passkey.answer(own)
  expect((await stepUp(admin, { way: 'passkey', assertion })).status).toBe(200)
  expect(await codeOf(await stepUp(admin, { way: 'passkey', assertion }))).toBe('invalid')
})

test('five wrong answers make the session wait', async () => {
  const admin = await stale('admin')
  for (let times = 0; times < 5; times += 1) await stepUp(admin, { way: 'password', password: 'wrong' })
  expect(await codeOf(await stepUp(admin, { way: 'password', password }))).toBe('limited')
})

test('a session that waits for its second factor is nobody for every procedure', async () => {
  const admin = await console.signedIn('admin')
  await owner.pool.query('update app_session set waits_for_factor = true where id_hash = $1', [admin.sessionId])
  for (const { path, type } of allProcedures().filter((one) => one.type !== 'subscription')) {
    const { cookie } = admin
    const response =
      type === 'mutation' ? await console.command(path, {}, { cookie }) : await console.query(path, {}, { cookie })
    expect([path, await codeOf(response)]).toEqual([path, 'unauthenticated'])
  }
})

test('where a second factor is required, who may act and has none does nothing but register one', async () => {
  const admin = await console.signedIn('admin')
  const viewer = await console.signedIn('viewer')
  await owner.pool.query(`update sign_in_policy set second_factor = 'required'`)
  try {
    for (const { path, type, meta } of allProcedures().filter((one) => one.type !== 'subscription')) {
      if (meta.permission === 'session.own') continue
      const { cookie } = admin
      const response =
        type === 'mutation' ? await console.command(path, {}, { cookie }) : await console.query(path, {}, { cookie })
      expect([path, await codeOf(response)]).toEqual([path, 'factor-wanted'])
    }
    const list = await console.query('factors.list', { origin: publicUrl }, { cookie: admin.cookie })
    expect(await list.text()).toContain('"owesFactor":true')
    expect((await console.query('clusters.list', undefined, { cookie: viewer.cookie })).status).toBe(200)
    await addPasskey(owner, admin.id)
    expect((await console.query('clusters.list', undefined, { cookie: admin.cookie })).status).toBe(200)
  } finally {
    await owner.pool.query(`update sign_in_policy set second_factor = 'optional'`)
  }
})

test('who has no factor cannot require one of everybody', async () => {
  const { cookie } = await console.signedIn('admin')
  expect(await codeOf(await console.command('factors.setPolicy', { secondFactor: 'required' }, { cookie }))).toBe(
    'refused',
  )
})

test('the steps of signing in are refused to pages of other sites and to forms', async () => {
  const own = { 'content-type': 'application/json', 'x-matriarch': '1', origin: publicUrl }
  const foreign: Record<string, string>[] = [
    { ...own, origin: 'https://evil.example' },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'content-type': 'text/plain' },
    { ...own, 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json', origin: publicUrl },
  ]
  const send = (headers: Record<string, string>) => {
    const body = '{}'
    const length = { 'content-length': String(body.length) }
    const init = { method: 'POST', body, headers: { ...headers, ...length } }
    return answerSignIn(console.services, new Request(`${publicUrl}/api/sign-in/wanted`, init), 'wanted')
  }
  for (const headers of foreign) expect((await send(headers)).status).toBe(403)
  expect(await (await send(own)).json()).toEqual({ wanted: null })
})

async function stale(role: 'admin'): Promise<TestPerson> {
  const person = await console.signedIn(role, password)
  await owner.pool.query(`update app_session set stepped_up_at = now() - interval '5 minutes' where id_hash = $1`, [
    person.sessionId,
  ])
  return person
}

function personOf({ id, email, sessionId }: TestPerson) {
  return {
    kind: 'user' as const,
    id,
    email,
    name: email,
    grants: [everywhere('admin')],
    sessionId,
    isSteppedUp: false,
    owesFactor: false,
    rightsRest: false,
  }
}

function stepUp({ cookie }: TestPerson, given: unknown): Promise<Response> {
  return console.command('session.stepUp', given, { cookie })
}

async function codeOf(response: Response): Promise<string | null> {
  return /"appCode":"([a-z-]+)"/.exec(await response.text())?.[1] ?? null
}
