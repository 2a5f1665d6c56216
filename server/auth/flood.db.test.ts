import { everywhere } from '#domain/people/grant.ts'
import { expect, test } from 'vitest'
import { limitedAddress } from '#server/store/limited-address.ts'
import { tries } from '#server/store/sign-in-attempts.ts'
import { insertUser } from '#server/store/users.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { hashPassword } from './password.ts'
import { signIn, type SignInTry } from './sign-in.ts'

const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'

async function person(store: TestStore, email: string): Promise<string> {
  await insertUser(store.pool, {
    email,
    name: email,
    grants: [everywhere('operator')],
    passwordHash: await hashPassword(password),
    grantedBy: 'test',
  })
  return email
}

function tryOf(email: string, change: Partial<SignInTry> = {}): SignInTry {
  return { email, password: 'wrong', address: '10.0.0.1', userAgent: 'test', device: null, ...change }
}

/** What was said, and after how long. */
async function told(store: TestStore, attempt: SignInTry): Promise<{ sentence: string; code: string; ms: number }> {
  const beganAt = performance.now()
  const error: unknown = await signIn({ store, secret }, attempt).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const ms = performance.now() - beganAt
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'in'
  return { sentence: error instanceof Error ? error.message : 'in', code, ms }
}

async function flood(store: TestStore, attempts: SignInTry[], atOnce: number) {
  const rest = [...attempts]
  const all: Awaited<ReturnType<typeof told>>[] = []
  const one = async () => {
    for (let next = rest.pop(); next; next = rest.pop()) all.push(await told(store, next))
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return all
}

test('ten thousand tries from everywhere against one account get five looks, and its owner gets in from a known browser meanwhile', async () => {
  await using store = await openTestStore({ max: 10 })
  const email = await person(store, 'anna@example.org')
  const { device } = await signIn({ store, secret }, tryOf(email, { password }))
  const flooded = 10_000
  const attempts = Array.from({ length: flooded }, (_, n) => tryOf(email, { address: `10.${n >> 8}.${n & 255}.7` }))
  const flooding = flood(store, attempts, 40)
  const owner: string[] = []
  for (let n = 0; n < 3; n++) owner.push((await told(store, tryOf(email, { password, device }))).code)
  const all = await flooding
  expect(owner).toEqual(['in', 'in', 'in'])
  // His right password from a browser that nobody knows waits with the others, and says as much as theirs.
  expect(await told(store, tryOf(email, { password }))).toMatchObject({ code: 'limited' })
  expect(all.filter(({ code }) => code === 'unauthenticated')).toHaveLength(tries.password.account)
  expect(all.filter(({ code }) => code === 'limited')).toHaveLength(flooded - tries.password.account)
  const { rows } = await store.pool.query('select count(*)::int as kept from sign_in_attempt')
  expect(rows[0]?.kept).toBeLessThanOrEqual(tries.password.account + 4)
  // Whoever floods learns from the answers no more of an account that is there than of one that is not.
  const nobody = await flood(
    store,
    Array.from({ length: 40 }, (_, n) => tryOf('nobody@example.org', { address: `10.250.${n}.7` })),
    10,
  )
  const words = (told: typeof all) =>
    [...new Set(told.map(({ sentence }) => sentence.replace(/\d+ (min|s)/, 'a while')))].toSorted()
  expect(nobody.filter(({ code }) => code === 'unauthenticated')).toHaveLength(tries.password.account)
  expect(words(nobody)).toEqual(words(all))
}, 240_000)

test('who floods from the address of the owner does not keep him out of a known browser', async () => {
  await using store = await openTestStore()
  const email = await person(store, 'anna@example.org')
  const { device } = await signIn({ store, secret }, tryOf(email, { password }))
  await store.pool.query(
    `insert into sign_in_attempt (account, address, is_good) select 'u' || n, '10.0.0.1', false from generate_series(1, 50) as n`,
  )
  expect((await told(store, tryOf(email, { password }))).code).toBe('limited')
  expect((await told(store, tryOf(email, { password, device }))).code).toBe('in')
})

test('tries are counted together too, so that a flood over all accounts from everywhere has its end', async () => {
  await using store = await openTestStore()
  const email = await person(store, 'anna@example.org')
  const { device } = await signIn({ store, secret }, tryOf(email, { password }))
  await store.pool.query(
    `insert into sign_in_attempt (account, address, is_good)
     select 'u' || n, 'a' || n, false from generate_series(1, ${tries.password.all}) as n`,
  )
  expect((await told(store, tryOf('other@example.org'))).code).toBe('limited')
  expect((await told(store, tryOf(email, { password, device }))).code).toBe('in')
})

test('of IPv6 a whole network is one address', () => {
  expect(limitedAddress('2001:db8:1:2:3:4:5:6')).toBe(limitedAddress('2001:db8:1:2::9'))
  expect(limitedAddress('2001:db8:1:2::9')).not.toBe(limitedAddress('2001:db8:1:3::9'))
  expect(limitedAddress('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(limitedAddress('::1')).toBe('0:0:0:0::/64')
  expect(limitedAddress('::ffff:10.0.0.1')).not.toBe(limitedAddress('::ffff:10.0.0.2'))
  expect(limitedAddress('10.0.0.1')).toBe('10.0.0.1')
})

test('an account that is there is not told from one that is not, by words or by time, limited or not', async () => {
  await using store = await openTestStore()
  const known = await Promise.all(Array.from({ length: 8 }, (_, n) => person(store, `p${n}@example.org`)))
  const unknown = known.map((_, n) => `x${n}@example.org`)
  const took = { known: [] as number[], unknown: [] as number[] }
  const limited = { known: [] as number[], unknown: [] as number[] }
  const said = new Set<string>()
  // The first warms up; then in turns, so that what else the machine does meets both.
  await told(store, tryOf('warm@example.org'))
  for (let round = 0; round < tries.password.account + 4; round++) {
    for (const [n, email] of known.entries()) {
      for (const [side, address] of [['known', email] as const, ['unknown', unknown[n] ?? ''] as const]) {
        const { sentence, code, ms } = await told(store, tryOf(address, { address: `10.1.${n}.${round}` }))
        said.add(sentence.replace(/\d+ (min|s)/, 'a while'))
        if (code === 'limited') limited[side].push(ms)
        else took[side].push(ms)
      }
    }
  }
  expect([...said]).toEqual([
    'The e-mail address or the password is wrong.',
    'Too many tries. Wait a while, then try again.',
  ])
  expect([took.known.length, limited.known.length]).toEqual([took.unknown.length, limited.unknown.length])
  expectAlike(took)
  expectAlike(limited)
})

// A password that is not checked would take a tenth of the time.
function expectAlike({ known, unknown }: { known: number[]; unknown: number[] }): void {
  const ratio = quarter(known) / quarter(unknown)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
}

/** What a quarter of them does not exceed: those are the ones that the machine did not hold up. */
function quarter(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0
}
