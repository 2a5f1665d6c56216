import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proof, Proven } from '#domain/people/proof.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { removeFactors } from '#server/store/factors/factors.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { inTransaction, openStore, type Store } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { updateUser } from '#server/store/users.ts'
import { proofChallenge } from './challenge.ts'
import { checkProof } from './check-proof.ts'
import { sealProof } from './seal-code.ts'
import type { SoftPasskey } from './testing/soft-passkey.ts'
import { addAuthenticator, addPasskey, addPerson, type TestAuthenticator } from './testing/people.ts'

let home: string
let keys: WorkerKeys
let store: TestStore
let people = 0

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  keys = loadWorkerKeys(home)
  store = await openTestStore()
  await publishSealingKey(store, keys, null)
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

const act = { purpose: 'approve', subject: '{"operation":"1","planHash":"a"}' }
const other = { purpose: 'approve', subject: '{"operation":"1","planHash":"b"}' }

test('a code that was typed for an act proves it, once', async () => {
  const { userId, app } = await withApp()
  const code = app.code()
  const proof = await byCode({ userId, ...act }, code)
  expect(await check({ userId, ...act }, proof)).toEqual({ ok: true, factorId: app.id })
  expect(await check({ userId, ...act }, proof)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/used before/),
  })
  const again = await byCode({ userId, ...other }, code)
  expect(await check({ userId, ...other }, again)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/used before/),
  })
})

test('of two that bring the same code at once one gets through', async () => {
  const { userId, app } = await withApp()
  const proof = await byCode({ userId, ...act }, app.code())
  const judged = await Promise.all([1, 2, 3].map(() => check({ userId, ...act }, proof)))
  expect(judged.filter(({ ok }) => ok)).toHaveLength(1)
})

test('after a code no earlier one counts, though it was never used', async () => {
  const { userId, app } = await withApp()
  expect(await check({ userId, ...act }, await byCode({ userId, ...act }, app.code()))).toMatchObject({ ok: true })
  const earlier = await byCode({ userId, ...act }, app.code(-1))
  expect(await check({ userId, ...act }, earlier)).toMatchObject({ ok: false })
})

test('an answer of a passkey proves the act that it signed, once', async () => {
  const { userId, id, passkey } = await withPasskey()
  const proof = byPasskey(passkey, { userId, ...act })
  expect(await check({ userId, ...act }, proof)).toEqual({ ok: true, factorId: id })
  expect(await check({ userId, ...act }, proof)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/used before/),
  })
})

test('a copy of a security key that counts is refused once the key itself has counted on', async () => {
  const { userId, passkey } = await withPasskey()
  passkey.counter = 41
  expect(await check({ userId, ...act }, byPasskey(passkey, { userId, ...act }))).toMatchObject({ ok: true })
  passkey.counter = 40
  expect(await check({ userId, ...act }, byPasskey(passkey, { userId, ...act }))).toMatchObject({ ok: false })
})

test('an answer that was asked for more than ten minutes ago is too late', async () => {
  const { userId, passkey } = await withPasskey()
  const late = byPasskey(passkey, { userId, ...act }, Date.now() - 601_000)
  expect(await check({ userId, ...act }, late)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/too late/),
  })
})

test('a proof for one person, purpose or subject is refused for every other', async () => {
  const anna = await withApp()
  const bert = await withApp()
  const annasKey = await addPasskey(store, anna.userId, { isVouched: true })
  const word = fc.string({ minLength: 1, maxLength: 20 })
  const property = fc.asyncProperty(word, word, word, word, async (purpose, subject, purpose2, subject2) => {
    fc.pre(purpose !== purpose2 || subject !== subject2)
    await store.pool.query('update factor set wrong_codes = 0')
    const given: Proven = { userId: anna.userId, purpose, subject }
    const asked: Proven = { userId: anna.userId, purpose: purpose2, subject: subject2 }
    const code = await byCode(given, anna.app.code())
    expect(await check(asked, code)).toMatchObject({ ok: false, sentence: expect.stringMatching(/something else/) })
    expect(await check({ ...given, userId: bert.userId }, code)).toMatchObject({ ok: false })
    const assertion = byPasskey(annasKey.passkey, given)
    expect(await check(asked, assertion)).toMatchObject({ ok: false })
    expect(await check({ ...given, userId: bert.userId }, assertion)).toMatchObject({ ok: false })
  })
  await fc.assert(property, { numRuns: 25 })
})

test('a factor that nobody vouched for proves nothing where that is needed, and does where it is not', async () => {
  const { userId, app } = await withApp(false)
  const key = await addPasskey(store, userId)
  const proven = { userId, ...act }
  const vouched = { ok: false, sentence: expect.stringMatching(/vouched/) }
  expect(await check(proven, await byCode(proven, app.code()))).toMatchObject(vouched)
  expect(await check(proven, byPasskey(key.passkey, proven))).toMatchObject(vouched)
  expect(await check(proven, await byCode(proven, app.code()), false)).toMatchObject({ ok: true })
  expect(await check(proven, byPasskey(key.passkey, proven), false)).toMatchObject({ ok: true })
})

test('a removed factor and a disabled person prove nothing', async () => {
  const { userId, app } = await withApp()
  const key = await addPasskey(store, userId, { isVouched: true })
  const proven = { userId, ...act }
  await updateUser(store.pool, userId, { disabled: true })
  expect(await check(proven, await byCode(proven, app.code()))).toMatchObject({ ok: false })
  expect(await check(proven, byPasskey(key.passkey, proven))).toMatchObject({ ok: false })
  await updateUser(store.pool, userId, { disabled: false })
  await removeFactors(store.pool, userId, null)
  expect(await check(proven, await byCode(proven, app.code()))).toMatchObject({ ok: false })
  expect(await check(proven, byPasskey(key.passkey, proven))).toMatchObject({ ok: false })
  const { rows } = await store.pool.query(
    'select count(*)::int as kept from factor where user_id = $1 and (ciphertext is not null or public_key is not null)',
    [userId],
  )
  expect(rows).toEqual([{ kept: 0 }])
})

test('ten wrong codes make the next one wait, right or not, although every try was rolled back', async () => {
  const { userId, app } = await withApp()
  const proven = { userId, ...act }
  for (let times = 0; times < 10; times += 1) {
    const proof = await byCode(proven, '000000')
    await expect(
      inTransaction(store, async (tx) => {
        const judged = await checkProof(tx, { ...proven, store, keys, proof, needsVouched: true })
        throw new Error(judged.ok ? 'let in' : judged.sentence)
      }),
    ).rejects.toThrow(/The code is wrong/)
  }
  expect(await check(proven, await byCode(proven, app.code()))).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/too many wrong/),
  })
  await store.pool.query(`update factor set wrong_at = now() - interval '16 minutes' where user_id = $1`, [userId])
  expect(await check(proven, await byCode(proven, app.code()))).toMatchObject({ ok: true })
})

test('a secret that was moved to another person does not decrypt', async () => {
  const anna = await withApp()
  const bert = await withApp()
  await store.pool.query(
    `update factor a set ciphertext = b.ciphertext, nonce = b.nonce, tag = b.tag from factor b where a.id = $1 and b.id = $2`,
    [bert.app.id, anna.app.id],
  )
  const proven = { userId: bert.userId, ...act }
  await expect(check(proven, await byCode(proven, anna.app.code()))).rejects.toThrow(/changed or moved/)
})

test('who has the web role alone reads no secret, makes no factor, vouches for none, and what it reads proves nothing', async () => {
  const { userId, app } = await withApp(false)
  const key = await addPasskey(store, userId, { isVouched: true })
  const used = byPasskey(key.passkey, { userId, ...act })
  expect(await check({ userId, ...act }, used)).toMatchObject({ ok: true })
  const { webUrl } = await prepareRoles(store.url)
  const web: Store = openStore(webUrl, { max: 2 })
  try {
    const refused = [
      'select ciphertext from factor',
      'select * from factor',
      'select last_step from factor',
      `insert into factor (user_id, kind, name, credential_id, public_key, rp_id) values ('${userId}', 'passkey', 'mine', 'a', 'b', 'localhost')`,
      `update factor set vouched_at = now(), vouched_by = 'me'`,
      `update factor set public_key = 'b'`,
      `update factor set user_id = gen_random_uuid()`,
      'update factor set wrong_codes = 0',
      'delete from factor',
      'delete from spent_challenge',
      'update spent_challenge set spent_at = now()',
      `select sealed from inquiry`,
    ]
    for (const sql of refused) await expect(web.pool.query(sql)).rejects.toMatchObject({ code: '42501' })
    const { rows } = await web.pool.query<{ id: string; public_key: Buffer }>(
      'select id, public_key from factor where id = $1',
      [key.id],
    )
    expect(rows[0]?.public_key.length).toBeGreaterThan(60)
    // With the public key, an old answer and the workers' public key: none of it makes a proof.
    const wanted = { userId, ...other }
    if (used.kind !== 'passkey') throw new Error('no passkey')
    expect(await check(wanted, used)).toMatchObject({ ok: false })
    expect(await check(wanted, { ...used, nonce: 'another-nonce-of-mine' })).toMatchObject({ ok: false })
    await web.pool.query('update factor_use set counter = 0')
    expect(await check({ userId, ...act }, used)).toMatchObject({ ok: false })
    const guessed = await sealProof(web.pool, wanted, { kind: 'totp', code: app.code() })
    // Even the right code of a factor that it had registered by a worker: nobody vouched for it.
    expect(await check(wanted, guessed)).toMatchObject({ ok: false, sentence: expect.stringMatching(/vouched/) })
  } finally {
    await web.close()
  }
})

async function withApp(isVouched = true): Promise<{ userId: string; app: TestAuthenticator }> {
  people += 1
  const userId = await addPerson(store, `app-${people}@example.org`)
  return { userId, app: await addAuthenticator(store, keys, userId, { isVouched }) }
}

async function withPasskey() {
  people += 1
  const userId = await addPerson(store, `key-${people}@example.org`)
  return { userId, ...(await addPasskey(store, userId, { isVouched: true })) }
}

function byCode(proven: Proven, code: string): Promise<Proof> {
  return sealProof(store.pool, proven, { kind: 'totp', code })
}

function byPasskey(passkey: SoftPasskey, proven: Proven, issuedMs = Date.now()): Proof {
  const nonce = `nonce-${Math.random()}`
  return { kind: 'passkey', nonce, issuedMs, assertion: passkey.answer(proofChallenge(proven, nonce, issuedMs)) }
}

function check(proven: Proven, proof: Proof, needsVouched = true) {
  return inTransaction(store, (tx) => checkProof(tx, { ...proven, store, keys, proof, needsVouched }))
}
