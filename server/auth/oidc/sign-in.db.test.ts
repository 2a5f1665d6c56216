import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { startTestProvider, testClient, type TestProvider } from '#tools/testing/oidc-provider.ts'
import { openTestStore } from '#tools/testing/store.ts'
import type { Store } from '#server/store/open.ts'
import { insertIdentity } from '#server/store/identities.ts'
import { insertUser, updateUser } from '#server/store/users.ts'
import { hashPassword } from '../password.ts'
import { signIn } from '../sign-in.ts'
import { answerBackChannel } from './back-channel.ts'
import { answerSignOut } from './sign-out.ts'
import { TestBrowser } from './testing/browser.ts'
import { openOidcConsole, origin } from './testing/console.ts'

test('a group that is mapped lets a new person in, and the session is the console’s own', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const browser = new TestBrowser()
  const goTo = await console.begin(browser, '/clusters/main?tab=1')
  expect(new URL(goTo).searchParams.get('code_challenge_method')).toBe('S256')
  expect(await console.bring(browser, await browser.follow(goTo, origin))).toBe('/clusters/main?tab=1')
  expect(await console.viewer(browser)).toMatchObject({
    email: 'anna@example.org',
    name: 'Anna',
    grants: [everywhere('operator')],
  })
  const { rows } = await owner.pool.query(
    `select i.issuer, i.subject, i.linked_by, g.group_name, g.role from identity i join group_grant g on g.user_id = i.user_id`,
  )
  expect(rows).toEqual([
    { issuer: provider.issuer, subject: 'anna', linked_by: null, group_name: 'dba', role: 'operator' },
  ])
  expect(await audit(owner)).toMatchObject([{ outcome: 'done', detail: { subject: 'anna', isNew: true } }])
})

test.each([
  ['another nonce', (claims) => (claims['nonce'] = 'another'), 'nonce'],
  ['another issuer', (claims) => (claims['iss'] = 'https://evil.example'), 'iss'],
  ['another audience', (claims) => (claims['aud'] = 'another client'), 'aud'],
  [
    'several audiences and none that it was made for',
    (claims) => (claims['aud'] = ['matriarch', 'another']),
    'untrusted audiences',
  ],
  ['an end in the past', (claims) => (claims['exp'] = Math.floor(Date.now() / 1000) - 600), 'exp'],
  ['no signature', (_, head) => (head['alg'] = 'none'), 'alg'],
  ['a key that the provider does not name', (_, head) => (head['kid'] = 'unknown'), 'key'],
] as [string, NonNullable<TestProvider['bend']>, string][])('a token with %s opens nothing', async (_, bend, word) => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  provider.bend = bend
  const browser = new TestBrowser()
  expect(await console.signIn(browser)).toBe('/sign-in?refused=bad-answer')
  expect(await console.viewer(browser)).toBeNull()
  const [record] = await audit(owner)
  expect(record).toMatchObject({ outcome: 'refused', detail: { why: 'bad-answer', provider: 'Test ID' } })
  expect(JSON.stringify(record)).toContain(word)
  expect((await owner.pool.query('select 1 from app_user')).rows).toEqual([])
})

test('a token with a changed claim under the old signature opens nothing', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  provider.account.groups = ['readers']
  provider.isForging = true
  provider.bend = (claims) => (claims['groups'] = ['dba'])
  expect(await console.signIn()).toBe('/sign-in?refused=bad-answer')
})

test('the state, the code and the browser each count once and together', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const anna = new TestBrowser()
  const answer = await anna.follow(await console.begin(anna), origin)

  // The answer of one person in the browser of another signs nobody in.
  const other = new TestBrowser()
  expect(await console.bring(other, answer)).toBe('/sign-in?refused=not-begun')
  await console.begin(other)
  expect(await console.bring(other, answer)).toBe('/sign-in?refused=foreign')
  expect(await console.viewer(other)).toBeNull()

  const bent = new URL(answer)
  bent.searchParams.set('iss', 'https://evil.example')
  const kept = anna.cookiesFor(origin)
  expect(await console.bring(anna, bent.href)).toBe('/sign-in?refused=bad-answer')
  restore(anna, kept)
  expect(await console.bring(anna, answer)).toBe('/sign-in?refused=used')

  const again = await anna.follow(await console.begin(anna), origin)
  const begun = anna.cookiesFor(origin)
  expect(await console.bring(anna, again)).toBe('/')
  restore(anna, begun)
  expect(await console.bring(anna, again)).toBe('/sign-in?refused=used')
  const why = (await audit(owner)).map(({ outcome, detail }) => (outcome === 'refused' ? detail['why'] : outcome))
  expect(why).toEqual(['not-begun', 'foreign', 'bad-answer', 'used', 'done', 'used'])
})

test('a code is worth nothing with the verifier of another sign-in', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  const anna = new TestBrowser()
  const code = new URL(await anna.follow(await console.begin(anna), origin)).searchParams.get('code') ?? ''
  const mallory = new TestBrowser()
  const own = new URL(await mallory.follow(await console.begin(mallory), origin))
  own.searchParams.set('code', code)
  expect(await console.bring(mallory, own.href)).toBe('/sign-in?refused=provider-error')
  expect((await audit(owner))[0]).toMatchObject({ detail: { error: 'invalid_grant' } })
})

test('a key that the provider has changed is known at once', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'operator')
  expect(await console.signIn()).toBe('/')
  provider.rotate()
  expect(await console.signIn()).toBe('/')
})

test('groups are looked at at each sign-in, and what they give is lost with them', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'admin')
  await console.map('readers', 'viewer')
  const browser = new TestBrowser()
  provider.account.groups = ['dba', 'readers']
  await console.signIn(browser)
  expect(await console.viewer(browser)).toMatchObject({ grants: [everywhere('admin'), everywhere('viewer')] })
  provider.account.groups = ['readers']
  const elsewhere = new TestBrowser()
  await console.signIn(elsewhere)
  expect(await console.viewer(browser)).toMatchObject({ grants: [everywhere('viewer')] })
  provider.account.groups = ['strangers']
  expect(await console.signIn()).toBe('/sign-in?refused=no-group')
  expect([await console.viewer(browser), await console.viewer(elsewhere)]).toEqual([null, null])
  expect((await owner.pool.query('select 1 from group_grant')).rows).toEqual([])
})

test('an e-mail address leads to no account: only an administrator links one', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  const passwordHash = await hashPassword('correct horse battery')
  const anna = await insertUser(owner.pool, {
    email: 'anna@example.org',
    name: 'Anna',
    grants: [everywhere('operator')],
    passwordHash,
    grantedBy: 'test',
  })
  expect(await console.signIn()).toBe('/sign-in?refused=same-email')
  expect((await audit(owner))[0]).toMatchObject({ outcome: 'refused', detail: { subject: 'anna' } })
  const userId = anna?.id ?? ''
  await insertIdentity(owner.pool, { issuer: provider.issuer, subject: 'anna', userId, email: null, linkedBy: 'admin' })
  const browser = new TestBrowser()
  expect(await console.signIn(browser)).toBe('/')
  expect(await console.viewer(browser)).toMatchObject({
    userId,
    grants: [everywhere('operator'), everywhere('viewer')],
  })

  await updateUser(owner.pool, userId, { disabled: true })
  expect(await console.signIn()).toBe('/sign-in?refused=disabled')
})

test('who tells no confirmed address, or breaks off, is not added', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  provider.account.email_verified = false
  expect(await console.signIn()).toBe('/sign-in?refused=no-email')
  // Saying nothing is no confirmation, unless it was said here that it will do.
  delete provider.account.email_verified
  expect(await console.signIn()).toBe('/sign-in?refused=no-email')
  const [denied, unsaid] = await audit(owner)
  expect(denied?.detail['wrong']).toContain('email_verified is false')
  expect(unsaid?.detail['wrong']).toContain('MATRIARCH_OIDC_EMAIL_VERIFIED=unless-denied')
  provider.isRefusing = true
  expect(await console.signIn()).toBe('/sign-in?refused=denied')
  expect((await owner.pool.query('select 1 from app_user')).rows).toEqual([])
  provider.isRefusing = false
  console.services.oidc.settings.emailRule = 'unless-denied'
  expect(await console.signIn()).toBe('/')
})

test('without its provider people are told so within bounded time, and passwords go on', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  const browser = new TestBrowser()
  const goTo = await console.begin(browser)
  const answer = await browser.follow(goTo, origin)
  provider.mood = 'silent'
  expect(await console.bring(browser, answer)).toBe('/sign-in?refused=slow')
  await using away = await openOidcConsole(owner, 'http://127.0.0.1:9', testClient)
  expect(await away.signIn()).toBe('/sign-in?refused=unreachable')
  provider.mood = 'failing'
  await using failing = await openOidcConsole(owner, provider.issuer, testClient)
  expect(await failing.signIn()).toBe('/sign-in?refused=provider-error')
  // Also where it was known before.
  expect(await console.signIn()).toBe('/sign-in?refused=provider-error')
  const passwordHash = await hashPassword('correct horse battery')
  await insertUser(owner.pool, { email: 'jo@example.org', name: 'Jo', grants: [], passwordHash, grantedBy: 'test' })
  const attempt = {
    email: 'jo@example.org',
    password: 'correct horse battery',
    address: '10.0.0.1',
    userAgent: '',
    device: null,
  }
  await expect(signIn({ ...away.services }, attempt)).resolves.toBeDefined()
})

test('the provider’s word on a second factor counts only where it is configured', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  provider.account.amr = ['pwd', 'otp']
  for (const words of [[], ['otp']]) {
    await using console = await openOidcConsole(owner, provider.issuer, testClient, words)
    if (words.length === 0) await console.map('dba', 'viewer')
    expect(await console.signIn()).toBe('/')
  }
  const { rows } = await owner.pool.query(
    'select o.second_factor_at is not null as shown from oidc_session o join app_session s on s.id_hash = o.session_id order by s.created_at',
  )
  expect(rows).toEqual([{ shown: false }, { shown: true }])
})

test('signing out ends the session here and leads to the provider; the provider’s own word ends it too, once', async () => {
  await using owner = await openTestStore()
  await using provider = await startTestProvider(origin)
  await using console = await openOidcConsole(owner, provider.issuer, testClient)
  await console.map('dba', 'viewer')
  const browser = new TestBrowser()
  await console.signIn(browser)
  const out = new Request(`${origin}/api/auth/oidc/sign-out`, { headers: { cookie: browser.cookiesFor(origin) } })
  const { goTo } = await (await answerSignOut(console.services, out)).json()
  expect(goTo).toMatch(`${provider.issuer}/session/end?`)
  expect(new URL(goTo).searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/sign-in`)
  expect(await console.viewer(browser)).toBeNull()

  await console.signIn(browser)
  const say = async (token: string) => {
    const body = new URLSearchParams({ logout_token: token })
    return (await answerBackChannel(console.services, new Request(origin, { method: 'POST', body }))).status
  }
  expect(await say(provider.logoutToken({ sub: 'anna', aud: 'another' }))).toBe(400)
  expect(await say(provider.logoutToken({ sub: 'anna', nonce: 'n' }))).toBe(400)
  expect(await say(provider.logoutToken({ sub: 'anna', events: {} }))).toBe(400)
  expect(await say(provider.logoutToken({}))).toBe(400)
  expect(await console.viewer(browser)).not.toBeNull()
  const token = provider.logoutToken({ sub: 'anna' })
  expect(await say(token)).toBe(200)
  expect(await console.viewer(browser)).toBeNull()
  expect(await say(token)).toBe(400)
})

test.each(['http://10.0.0.7', 'http://metadata.example'])(
  '%s is no issuer: only https is, and this machine',
  async (issuer) => {
    await using owner = await openTestStore()
    await expect(openOidcConsole(owner, issuer, testClient)).rejects.toThrow('must begin with https')
  },
)

test('a link-local issuer is not asked', async () => {
  await using owner = await openTestStore()
  await using console = await openOidcConsole(owner, 'https://169.254.169.254', testClient)
  expect(await console.signIn()).toBe('/sign-in?refused=unreachable')
})

function restore(browser: TestBrowser, cookies: string): void {
  const headers = new Headers()
  for (const cookie of cookies.split('; ')) headers.append('set-cookie', cookie)
  browser.keep(origin, new Response(null, { headers }))
}

async function audit(owner: Store): Promise<{ outcome: string; detail: Record<string, unknown> }[]> {
  const { rows } = await owner.pool.query<{ outcome: string; canonical: string }>(
    `select outcome, canonical from audit_event where action = 'session.signIn' order by seq`,
  )
  return rows.map(({ outcome, canonical }) => ({ outcome, detail: JSON.parse(canonical).detail }))
}
