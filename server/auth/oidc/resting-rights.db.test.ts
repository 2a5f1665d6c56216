import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { insertIdentity } from '#server/store/identities.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { findLiveSession } from '#server/store/sessions.ts'
import { findValidToken, listTokens } from '#server/store/tokens.ts'
import { findUser, insertUser } from '#server/store/users.ts'
import { startTestProvider, testClient } from '#tools/testing/oidc-provider.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { makeToken } from '../make-token.ts'
import { hashPassword } from '../password.ts'
import { hashSecretText } from '../secret-text.ts'
import { signIn } from '../sign-in.ts'
import { answerBackChannel } from './back-channel.ts'
import { TestBrowser } from './testing/browser.ts'
import { openOidcConsole, origin } from './testing/console.ts'

const password = 'correct horse battery'

test('what a group gives rests for tokens and for who uses a password, until the provider has confirmed it again', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const { userId, tokens } = await linked(owner, provider.issuer)
  expect(await console.signIn()).toBe('/')
  const { rows } = await owner.pool.query<{ days: number }>(
    'select extract(epoch from good_until - granted_at)::float8 / 86400 as days from group_grant',
  )
  expect(rows.map(({ days }) => Math.round(days))).toEqual([console.services.oidc.settings.rightsDays])
  expect(await rightsOf(owner, tokens.groups)).toEqual({ grants: [everywhere('operator')], rightsRest: false })
  expect(await byPassword(console.services)).toMatchObject({ grants: [everywhere('operator'), everywhere('viewer')] })

  await owner.pool.query('update group_grant set good_until = now()')
  expect(await rightsOf(owner, tokens.groups)).toEqual({ grants: [everywhere('viewer')], rightsRest: true })
  expect(await rightsOf(owner, tokens.hand)).toEqual({ grants: [everywhere('viewer')], rightsRest: false })
  expect(await byPassword(console.services)).toMatchObject({ grants: [everywhere('viewer')], rightsRest: true })
  const listed = (await listTokens(owner)).map(({ name, rightsRest }) => [name, rightsRest])
  expect(Object.fromEntries(listed)).toEqual({ groups: true, hand: false })
  const shown = (await findUser(owner.pool, userId))?.grants.map(({ role, group, rests }) => ({ role, group, rests }))
  expect(shown).toEqual([
    { role: 'operator', group: 'dba', rests: true },
    { role: 'viewer', group: null, rests: false },
  ])

  expect(await console.signIn()).toBe('/')
  expect(await rightsOf(owner, tokens.groups)).toEqual({ grants: [everywhere('operator')], rightsRest: false })
})

test('the provider’s word that all of a person’s sessions are over lets what groups gave rest as well; of one session it does not', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const { tokens } = await linked(owner, provider.issuer)
  const browser = new TestBrowser()
  await console.signIn(browser)
  const say = async (claims: Record<string, unknown>) => {
    const body = new URLSearchParams({ logout_token: provider.logoutToken(claims) })
    return (await answerBackChannel(console.services, new Request(origin, { method: 'POST', body }))).status
  }
  expect(await say({ sub: 'anna', sid: 'another session' })).toBe(200)
  expect(await rightsOf(owner, tokens.groups)).toMatchObject({ rightsRest: false })
  expect(await say({ sub: 'anna' })).toBe(200)
  expect(await console.viewer(browser)).toBeNull()
  expect(await rightsOf(owner, tokens.groups)).toEqual({ grants: [everywhere('viewer')], rightsRest: true })
  const { rows } = await owner.pool.query(`select target, outcome from audit_event where action = 'users.restRights'`)
  expect(rows).toEqual([{ target: 'anna@example.org', outcome: 'done' }])
})

/** Anna, who has a password, is a viewer by hand and is linked to the provider, with a token as operator and one as viewer. */
async function linked(owner: Store, issuer: string) {
  const passwordHash = await hashPassword(password)
  const who = { email: 'anna@example.org', name: 'Anna', passwordHash, grantedBy: 'test' }
  const user = await insertUser(owner.pool, { ...who, grants: [everywhere('viewer')] })
  const userId = user?.id ?? ''
  await insertIdentity(owner.pool, { issuer, subject: 'anna', userId, email: null, linkedBy: 'admin' })
  const make = async (name: string, role: 'operator' | 'viewer') => {
    const wanted = { name, grants: [everywhere(role)], createdBy: who.email, ownerId: userId, expiresInDays: null }
    return (await inTransaction(owner, (tx) => makeToken(tx, wanted))).token
  }
  return { userId, tokens: { groups: await make('groups', 'operator'), hand: await make('hand', 'viewer') } }
}

async function rightsOf(owner: Store, token: string) {
  const found = await findValidToken(owner, hashSecretText(token))
  return (
    found && {
      grants: found.grants.filter(({ role }) => role !== 'viewer' || found.grants.length === 1),
      rightsRest: found.rightsRest,
    }
  )
}

async function byPassword(services: { store: Store; secret: string }) {
  const attempt = { email: 'anna@example.org', password, address: '10.0.0.1', userAgent: '', device: null }
  const { sessionSecret } = await signIn(services, attempt)
  return findLiveSession(services.store, hashSecretText(sessionSecret))
}
