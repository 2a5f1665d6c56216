import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { findLiveSession } from '#server/store/sessions.ts'
import { insertUser, updateUser } from '#server/store/users.ts'
import type { Store } from '#server/store/open.ts'
import { hashPassword } from './password.ts'
import { hashSecretText } from './secret-text.ts'
import { signIn, type SignInTry } from './sign-in.ts'
import { signOut } from './sign-out.ts'

const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'

function tryOf(change: Partial<SignInTry> = {}): SignInTry {
  return { email: 'anna@example.org', password, address: '10.0.0.1', userAgent: 'test', device: null, ...change }
}

async function anna(store: Store): Promise<string> {
  const passwordHash = await hashPassword(password)
  const user = await insertUser(store.pool, {
    email: 'anna@example.org',
    name: 'Anna',
    grants: [],
    passwordHash,
    grantedBy: 'test',
  })
  return user?.id ?? ''
}

test('the right password opens a session that the store can end', async () => {
  await using store = await openTestStore()
  const id = await anna(store)
  const { sessionSecret } = await signIn({ store, secret }, tryOf({ email: ' Anna@Example.org ' }))
  const sessionId = hashSecretText(sessionSecret)
  expect(await findLiveSession(store, sessionId)).toMatchObject({ userId: id, grants: [] })
  await signOut(store, sessionSecret)
  expect(await findLiveSession(store, sessionId)).toBeNull()
  const { rows } = await store.pool.query('select action, outcome from audit_event order by seq')
  expect(rows).toEqual([
    { action: 'session.signIn', outcome: 'done' },
    { action: 'session.end', outcome: 'done' },
  ])
})

test('the store never holds what the cookie holds', async () => {
  await using store = await openTestStore()
  await anna(store)
  const { sessionSecret } = await signIn({ store, secret }, tryOf())
  const { rows } = await store.pool.query('select s::text as session, a.canonical from app_session s, audit_event a')
  expect(JSON.stringify(rows)).not.toContain(sessionSecret)
})

test('an unknown account, a wrong password and a disabled person are told the same, and recorded', async () => {
  await using store = await openTestStore()
  const id = await anna(store)
  const told = async (change: Partial<SignInTry>) =>
    signIn({ store, secret }, tryOf(change)).then(String, (error: unknown) =>
      error instanceof Error ? error.message : '',
    )
  const wrong = await told({ password: 'wrong' })
  const unknown = await told({ email: 'nobody@example.org' })
  await updateUser(store.pool, id, { disabled: true })
  const disabled = await told({})
  expect(new Set([wrong, unknown, disabled])).toEqual(new Set(['The e-mail address or the password is wrong.']))
  await told({ email: 'my-secret-password' })
  const { rows } = await store.pool.query<{ actor_name: string }>(
    `select actor_name from audit_event where outcome = 'refused' order by seq`,
  )
  expect(rows.map((row) => row.actor_name)).toEqual([
    'anna@example.org',
    'nobody@example.org',
    'anna@example.org',
    'no e-mail address',
  ])
})

test('after five wrong passwords the account waits, also for the right one, and is told how long', async () => {
  await using store = await openTestStore()
  await anna(store)
  const wrong = Array.from({ length: 8 }, () => signIn({ store, secret }, tryOf({ password: 'wrong' })))
  const codes = (await Promise.allSettled(wrong)).map((result) => result.status === 'rejected' && result.reason.code)
  expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(5)
  expect(codes.filter((code) => code === 'limited')).toHaveLength(3)
  await expect(signIn({ store, secret }, tryOf())).rejects.toMatchObject({
    code: 'limited',
    message: expect.stringMatching(/^Too many tries\. Wait 15 min, then try again\.$/),
  })
  await store.pool.query(`update sign_in_attempt set at = at - interval '14 minutes'`)
  await expect(signIn({ store, secret }, tryOf())).rejects.toMatchObject({
    message: expect.stringMatching(/Wait \d+ s/),
  })
  await store.pool.query(`update sign_in_attempt set at = at - interval '1 minute'`)
  await expect(signIn({ store, secret }, tryOf())).resolves.toMatchObject({ credentials: { name: 'Anna' } })
})

test('a browser that was let in before still is, while strangers use up the tries of the account', async () => {
  await using store = await openTestStore()
  const id = await anna(store)
  const { device } = await signIn({ store, secret }, tryOf())
  await Promise.allSettled(
    Array.from({ length: 6 }, () => signIn({ store, secret }, tryOf({ password: 'wrong', address: '10.9.9.9' }))),
  )
  await expect(signIn({ store, secret }, tryOf())).rejects.toMatchObject({ code: 'limited' })
  await expect(signIn({ store, secret }, tryOf({ device }))).resolves.toBeDefined()
  await updateUser(store.pool, id, { passwordHash: await hashPassword('another password') })
  await expect(signIn({ store, secret }, tryOf({ device }))).rejects.toMatchObject({ code: 'limited' })
})

test('one address has fifty tries over all accounts', async () => {
  await using store = await openTestStore()
  await anna(store)
  await store.pool.query(
    `insert into sign_in_attempt (account, address, is_good) select 'u' || n || '@example.org', '10.6.6.6', false from generate_series(1, 50) as n`,
  )
  await expect(signIn({ store, secret }, tryOf({ address: '10.6.6.6' }))).rejects.toMatchObject({ code: 'limited' })
  await expect(signIn({ store, secret }, tryOf())).resolves.toBeDefined()
})
