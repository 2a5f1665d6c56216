import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticatorContext } from '#domain/people/factor-question.ts'
import { vouchSubject } from '#domain/people/proof.ts'
import { makeChallenge } from '#server/factors/challenge.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { addAuthenticator, addPerson, TestAuthenticator } from '#server/factors/testing/people.ts'
import { SoftPasskey } from '#server/factors/testing/soft-passkey.ts'
import { listFactors } from '#server/store/factors/factors.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { sealForWorkers } from '#server/store/seal.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { answerFactorQuestion } from './answer-factor-question.ts'

let home: string
let keys: WorkerKeys
let store: TestStore

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

test('an authenticator app is registered by its first code, kept encrypted, and the code is used up', async () => {
  const userId = await addPerson(store, 'app@example.org')
  const app = new TestAuthenticator('', new Secret({ size: 20 }).base32)
  const code = app.code()
  const registered = await registerApp(userId, app.secret, code)
  expect(registered).toEqual({ factorId: expect.any(String) })
  const { rows } = await store.pool.query('select f::text as row, ciphertext from factor f where user_id = $1', [
    userId,
  ])
  expect(JSON.stringify(rows)).not.toContain(app.secret)
  const proven = { userId, purpose: 'sign-in', subject: 'a' }
  const proof = await sealProof(store.pool, proven, { kind: 'totp', code })
  expect(await answer({ verb: 'check', ...proven, proof })).toMatchObject({ ok: false })
  const next = await sealProof(store.pool, proven, { kind: 'totp', code: app.code(1) })
  expect(await answer({ verb: 'check', ...proven, proof: next })).toMatchObject({ ok: true })
})

test('a wrong first code, and a secret sealed for somebody else, register nothing', async () => {
  const userId = await addPerson(store, 'wrong@example.org')
  const other = await addPerson(store, 'other@example.org')
  const app = new TestAuthenticator('', new Secret({ size: 20 }).base32)
  await expect(registerApp(userId, app.secret, '000000')).rejects.toMatchObject({ code: 'refused' })
  const sealed = sealForWorkers(
    keys.sealing.publicKey,
    JSON.stringify({ secret: app.secret, code: app.code() }),
    authenticatorContext(other),
  )
  await expect(answer({ verb: 'register-totp', userId, name: 'phone' }, sealed)).rejects.toThrow(/not made for this/)
  expect(await listFactors(store.pool, userId)).toEqual([])
})

test('a passkey is registered once, by an answer to its challenge at its own address', async () => {
  const userId = await addPerson(store, 'key@example.org')
  const passkey = new SoftPasskey()
  const challenge = makeChallenge('x', 'register', new Date())
  const asked = { verb: 'register-passkey', userId, name: 'laptop', origin: passkey.origin, challenge } as const
  const registration = passkey.register(challenge)
  const elsewhere = new SoftPasskey('https://evil.example', 'localhost').register(challenge)
  await expect(answer({ ...asked, registration: elsewhere })).rejects.toMatchObject({ code: 'refused' })
  const stale = passkey.register(makeChallenge('x', 'register', new Date()))
  await expect(answer({ ...asked, registration: stale })).rejects.toMatchObject({ code: 'refused' })
  await expect(answer({ ...asked, registration })).resolves.toMatchObject({})
  await expect(answer({ ...asked, registration })).rejects.toMatchObject({ code: 'refused' })
  expect(await listFactors(store.pool, userId)).toMatchObject([{ kind: 'passkey', name: 'laptop', vouched: null }])
})

test('a person renames and removes factors of their own and of nobody else', async () => {
  const userId = await addPerson(store, 'own@example.org')
  const other = await addPerson(store, 'stranger@example.org')
  const { id: factorId } = await addAuthenticator(store, keys, userId)
  await expect(answer({ verb: 'rename', userId: other, factorId, name: 'mine' })).rejects.toThrow(/removed meanwhile/)
  await expect(answer({ verb: 'remove', userId: other, factorId })).rejects.toThrow(/removed meanwhile/)
  await answer({ verb: 'rename', userId, factorId, name: 'the blue one' })
  expect(await listFactors(store.pool, userId)).toMatchObject([{ name: 'the blue one' }])
  await answer({ verb: 'remove', userId, factorId })
  expect(await listFactors(store.pool, userId)).toEqual([])
  const { rows } = await store.pool.query(`select action from audit_event where actor_id = $1 order by seq`, [userId])
  expect(rows).toEqual([{ action: 'factors.rename' }, { action: 'factors.remove' }])
})

test('an administrator vouches with a factor that is vouched for; nobody else does, and not for another factor', async () => {
  const admin = await addPerson(store, 'admin@example.org', 'admin')
  const mine = await addAuthenticator(store, keys, admin, { isVouched: true })
  const fresh = await addPerson(store, 'fresh@example.org', 'admin')
  const freshApp = await addAuthenticator(store, keys, fresh)
  const operator = await addPerson(store, 'operator@example.org')
  const operatorApp = await addAuthenticator(store, keys, operator, { isVouched: true })
  const target = await addAuthenticator(store, keys, operator)

  const by = async (userId: string, app: TestAuthenticator, factorId: string, subject: string, steps = 0) => {
    const proof = await sealProof(
      store.pool,
      { userId, purpose: 'vouch', subject },
      { kind: 'totp', code: app.code(steps) },
    )
    return answer({ verb: 'vouch', userId, factorId, proof })
  }
  const subject = vouchSubject({ id: target.id, userId: operator })
  await expect(by(operator, operatorApp, target.id, subject)).rejects.toThrow(/administrator/)
  expect(await by(fresh, freshApp, target.id, subject)).toMatchObject({ ok: false })
  const another = vouchSubject({ id: freshApp.id, userId: fresh })
  expect(await by(admin, mine, target.id, another)).toMatchObject({ ok: false })
  expect(await isVouched(operator, target.id)).toBe(false)
  expect(await by(admin, mine, target.id, subject)).toMatchObject({ ok: true })
  expect(await isVouched(operator, target.id)).toBe(true)
  const { rows } = await store.pool.query(`select actor_name, target from audit_event where action = 'users.vouch'`)
  expect(rows).toEqual([{ actor_name: 'admin@example.org', target: 'operator@example.org' }])
})

function answer(question: Parameters<typeof answerFactorQuestion>[1], sealed: Buffer | null = null) {
  return answerFactorQuestion({ store, keys }, question, sealed)
}

function registerApp(userId: string, secret: string, code: string) {
  const context = authenticatorContext(userId)
  const sealed = sealForWorkers(keys.sealing.publicKey, JSON.stringify({ secret, code }), context)
  return answer({ verb: 'register-totp', userId, name: 'phone' }, sealed)
}

async function isVouched(userId: string, id: string): Promise<boolean> {
  return (await listFactors(store.pool, userId)).some((factor) => factor.id === id && factor.vouched !== null)
}
