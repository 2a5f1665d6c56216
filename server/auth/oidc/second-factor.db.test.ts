import { expect, test } from 'vitest'
import { makeChallenge } from '#server/factors/challenge.ts'
import { addPasskey } from '#server/factors/testing/people.ts'
import { endProviderSessions } from '#server/store/identities.ts'
import type { Store } from '#server/store/open.ts'
import { findLiveSession } from '#server/store/sessions.ts'
import { findUser } from '#server/store/users.ts'
import { startTestProvider, testClient } from '#tools/testing/oidc-provider.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { readSessionSecret } from '../cookies.ts'
import { hashSecretText } from '../secret-text.ts'
import { enterByPasskey, entering, giveSecondFactor, secondStepOf } from '../second-step.ts'
import { TestBrowser } from './testing/browser.ts'
import { openOidcConsole, origin, type OidcConsole } from './testing/console.ts'

const from = { address: '10.0.0.9', userAgent: 'test' }

test('who has a second factor here gives it after the provider, and the session stays the provider’s', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  await console.signIn()
  const userId = await onlyPerson(owner)
  const { passkey } = await addPasskey(owner, userId)
  const browser = new TestBrowser()
  expect(await console.signIn(browser)).toBe('/sign-in?next=%2F')
  expect(await console.viewer(browser)).toBeNull()
  const waiting = await sessionOf(console, browser)
  const { store, secret } = console.services
  const assertion = passkey.answer(makeChallenge(secret, secondStepOf(waiting), new Date()))
  const entered = await giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'passkey', assertion })
  const sessionId = hashSecretText(entered.sessionSecret)
  expect(await findLiveSession(store, sessionId)).toMatchObject({ userId, isSteppedUp: true })
  await endProviderSessions(store.pool, { issuer: provider.issuer, subject: 'anna', providerSession: null })
  expect(await findLiveSession(store, sessionId)).toBeNull()
})

test('a word of the provider that counts stands for the second factor, also where one is required', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient, ['otp'])
  await console.map('dba', 'operator')
  await owner.pool.query(`update sign_in_policy set second_factor = 'required'`)
  const without = new TestBrowser()
  await console.signIn(without)
  expect(await console.viewer(without)).toMatchObject({ owesFactor: true })
  await addPasskey(owner, await onlyPerson(owner))
  expect(await console.signIn(new TestBrowser())).toBe('/sign-in?next=%2F')
  await owner.pool.query('delete from factor')
  provider.account.amr = ['pwd', 'otp']
  const shown = new TestBrowser()
  expect(await console.signIn(shown)).toBe('/')
  expect(await console.viewer(shown)).toMatchObject({ owesFactor: false })
})

test('who came by the provider has nothing by hand and no password, and a passkey alone does not let them in', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'admin')
  await console.signIn()
  const userId = await onlyPerson(owner)
  expect(await findUser(owner.pool, userId)).toMatchObject({
    hasJoined: true,
    grants: [{ role: 'admin', scope: { kind: 'all' }, group: 'dba', grantedBy: 'group dba' }],
  })
  const { rows } = await owner.pool.query('select password_hash from app_user where not exists (select from app_grant)')
  expect(rows).toEqual([{ password_hash: null }])
  const { passkey } = await addPasskey(owner, userId)
  const { store, secret } = console.services
  const assertion = passkey.answer(makeChallenge(secret, entering, new Date()))
  const entered = enterByPasskey({ store, secret, from, device: null }, assertion)
  await expect(entered).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('signing in again counts as showing who one is only where the provider says that it asked just now', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const browser = new TestBrowser()
  provider.bend = (claims) => delete claims['auth_time']
  expect(await console.signIn(browser)).toBe('/')
  expect(await console.viewer(browser)).toMatchObject({ isSteppedUp: false })

  const again = async () => {
    const goTo = await console.begin(browser, '/settings/users', { isAgain: true })
    const { searchParams } = new URL(goTo)
    expect([searchParams.get('prompt'), searchParams.get('max_age')]).toEqual(['login', '0'])
    return console.bring(browser, await browser.follow(goTo, origin))
  }
  expect(await again()).toMatch('/sign-in?refused=not-asked-again')
  provider.bend = (claims) => (claims['auth_time'] = Math.floor(Date.now() / 1_000) - 120)
  expect(await again()).toMatch('/sign-in?refused=not-asked-again')
  expect(await console.viewer(browser)).toMatchObject({ isSteppedUp: false })
  provider.bend = null
  expect(await again()).toBe('/settings/users')
  expect(await console.viewer(browser)).toMatchObject({ isSteppedUp: true })
})

async function onlyPerson(owner: Store): Promise<string> {
  const { rows } = await owner.pool.query<{ id: string }>('select id from app_user')
  expect(rows).toHaveLength(1)
  return rows[0]?.id ?? ''
}

async function sessionOf({ services: { rules, secret } }: OidcConsole, browser: TestBrowser): Promise<string> {
  const headers = new Headers({ cookie: browser.cookiesFor(origin) })
  return hashSecretText((await readSessionSecret(headers, rules, secret)) ?? '')
}
