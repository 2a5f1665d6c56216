import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { makeRecoveryCodes, hashRecoveryCode } from '#server/factors/codes.ts'
import { makeChallenge } from '#server/factors/challenge.ts'
import { addPasskey } from '#server/factors/testing/people.ts'
import { SoftPasskey } from '#server/factors/testing/soft-passkey.ts'
import { replaceRecoveryCodes } from '#server/store/factors/recovery-codes.ts'
import { tries } from '#server/store/sign-in-attempts.ts'
import { insertUser } from '#server/store/users.ts'
import { startTestProvider, testClient } from '#tools/testing/oidc-provider.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { deviceProof } from './device.ts'
import { TestBrowser } from './oidc/testing/browser.ts'
import { openOidcConsole, origin } from './oidc/testing/console.ts'
import { hashPassword } from './password.ts'
import { hashSecretText } from './secret-text.ts'
import { enterByPasskey, entering, giveSecondFactor, secondStepOf } from './second-step.ts'
import { signIn } from './sign-in.ts'

const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'
const here = '10.0.0.1'

test('what strangers send as passwords, passkeys and answers of a provider leaves every other way in open', async () => {
  await using owner = await openTestStore({ max: 10 })
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  const bea = await person(owner, 'bea@example.org')
  const { passkey } = await addPasskey(owner, bea.id)
  const { sessionSecret } = await signIn({ store: owner, secret }, { ...from(here), ...bea, password, device: null })
  const waiting = hashSecretText(sessionSecret)

  await fillUp(owner, 'password')
  // Fifty answers from each of forty networks, and passkeys that are none.
  const strangers = Array.from({ length: 40 }, (_, n) => `2001:db8:${n}::1`)
  for (const address of strangers) {
    console.address = address
    const landed = await Promise.all(
      Array.from({ length: 50 }, () => console.bring(new TestBrowser(), `${origin}/api/auth/oidc/callback`)),
    )
    expect(new Set(landed)).toEqual(new Set(['/sign-in?refused=not-begun']))
  }
  const said = new Set<string>()
  for (let n = 0; n < 55; n++) said.add(await codeOf(enterByPasskey(door(owner, `2001:db8:0:0::${n}`), forged())))
  expect([...said]).toEqual(['unauthenticated', 'limited'])

  // From their own network as well: nothing of it can be guessed, so that what counts is let in.
  console.address = '2001:db8::1'
  expect(await console.signIn()).toBe('/')
  const alone = passkey.answer(makeChallenge(secret, entering, new Date()))
  expect(await codeOf(enterByPasskey(door(owner, '2001:db8::9'), alone))).toBe('in')
  const second = passkey.answer(makeChallenge(secret, secondStepOf(waiting), new Date()))
  expect(await codeOf(giveSecondFactor(door(owner, here), waiting, { way: 'passkey', assertion: second }))).toBe('in')
  // And a password that is right still waits with the guesses, but in a known browser.
  expect(await codeOf(signIn({ store: owner, secret }, { ...from(here), ...bea, password, device: null }))).toBe(
    'limited',
  )
  const device = deviceProof(secret, bea)
  expect(await codeOf(signIn({ store: owner, secret }, { ...from(here), ...bea, password, device }))).toBe('in')
})

test('refused strangers fill the audit log neither from one address nor from many', async () => {
  await using owner = await openTestStore({ max: 10 })
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  const callback = `${origin}/api/auth/oidc/callback`
  const recorded = async () => {
    const { rows } = await owner.pool.query<{ count: number }>(
      `select count(*)::int as count from audit_event where action = 'session.signIn' and outcome = 'refused'`,
    )
    return rows[0]?.count ?? 0
  }
  for (let n = 0; n < 60; n++) {
    console.address = `2001:db8:1:1::${n}`
    await console.bring(new TestBrowser(), callback)
  }
  expect(await recorded()).toBeLessThan(60)
  await owner.pool.query(`update allowance set left_over = 2, at = now() where key = 'strangers recorded'`)
  const before = await recorded()
  for (let n = 0; n < 20; n++) {
    console.address = `2001:db8:2:${n}::1`
    await console.bring(new TestBrowser(), callback)
  }
  expect((await recorded()) - before).toBeLessThan(20)
})

test('answers that were begun and come to nothing have an end for each address alone', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  await owner.pool.query(
    `insert into sign_in_attempt (kind, account, address, is_good)
     select 'provider', '', case when n <= 50 then '2001:db8:0:1::/64' else 'a' || n end, false from generate_series(1, 4000) as n`,
  )
  console.address = '2001:db8:0:1:9::9'
  expect(await console.signIn()).toBe('/sign-in?refused=limited')
  console.address = '2001:db8:0:2::9'
  expect(await console.signIn()).toBe('/')
})

test('a second step from a known browser waits for nobody’s tries but its own', async () => {
  await using owner = await openTestStore()
  const bea = await person(owner, 'bea@example.org')
  const codes = makeRecoveryCodes()
  await addPasskey(owner, bea.id)
  await replaceRecoveryCodes(owner.pool, bea.id, codes.map(hashRecoveryCode))
  const device = deviceProof(secret, bea)
  const begin = async () =>
    hashSecretText((await signIn({ store: owner, secret }, { ...from(here), ...bea, password, device })).sessionSecret)
  const give = async (code: string, shown: string | null) =>
    giveSecondFactor({ ...door(owner, here), device: shown }, await begin(), { way: 'recovery code', code })
  await fillUp(owner, 'second step')
  expect(await codeOf(give(codes[0] ?? '', null))).toBe('limited')
  expect(await codeOf(give(codes[1] ?? '', device))).toBe('in')
  // Its own have an end all the same.
  for (let n = 0; n < tries['second step'].account; n++) {
    expect(await codeOf(give('aaaa-aaaa-aaaa-aaaa', device))).toBe('unauthenticated')
  }
  expect(await codeOf(give(codes[2] ?? '', device))).toBe('limited')
})

async function person(store: TestStore, email: string): Promise<{ id: string; email: string; passwordHash: string }> {
  const passwordHash = await hashPassword(password)
  const grants = [everywhere('operator')]
  const user = await insertUser(store.pool, { email, name: email, grants, passwordHash, grantedBy: 'test' })
  return { id: user?.id ?? '', email, passwordHash }
}

/** As many bad tries of a kind as there may be from everywhere, fifty of them from `here`. */
async function fillUp(store: TestStore, kind: 'password' | 'second step'): Promise<void> {
  await store.pool.query(
    `insert into sign_in_attempt (kind, account, address, is_good)
     select $1, 'u' || n, case when n <= 50 then $2 else 'a' || n end, false from generate_series(1, ${tries.password.all}) as n`,
    [kind, here],
  )
}

function forged() {
  return new SoftPasskey().answer(makeChallenge(secret, entering, new Date()))
}

function from(address: string) {
  return { address, userAgent: 'test' }
}

function door(store: TestStore, address: string) {
  return { store, secret, from: from(address), device: null }
}

async function codeOf(way: Promise<unknown>): Promise<string> {
  return way.then(
    () => 'in',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
}
