import { everywhere } from '#domain/people/grant.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { hashRecoveryCode, makeRecoveryCodes } from '#server/factors/codes.ts'
import { makeChallenge } from '#server/factors/challenge.ts'
import { addAuthenticator, addPasskey } from '#server/factors/testing/people.ts'
import { replaceRecoveryCodes } from '#server/store/factors/recovery-codes.ts'
import { answerInquiry, takeInquiries } from '#server/store/inquiries.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { findLiveSession, findWaitingSession, listSessions } from '#server/store/sessions.ts'
import { insertUser } from '#server/store/users.ts'
import { deviceProof } from './device.ts'
import { hashPassword } from './password.ts'
import { hashSecretText } from './secret-text.ts'
import { enterByPasskey, entering, findWanted, giveSecondFactor, secondStepOf } from './second-step.ts'
import { signIn } from './sign-in.ts'

const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'
const from = { address: '10.0.0.1', userAgent: 'test' }

let home: string
let keys: WorkerKeys
let store: TestStore
let passwordHash: string
let people = 0

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  keys = loadWorkerKeys(home)
  store = await openTestStore()
  await publishSealingKey(store, keys, null)
  passwordHash = await hashPassword(password)
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

test('with a second factor the password opens a session that is nobody’s and knows no browser', async () => {
  const { id, email } = await person()
  await addPasskey(store, id)
  const { sessionSecret, device } = await byPassword(email)
  const sessionId = hashSecretText(sessionSecret)
  expect(device).toBeNull()
  expect(await findLiveSession(store, sessionId)).toBeNull()
  expect(await listSessions(store, id)).toEqual([])
  expect(await findWaitingSession(store, sessionId)).toEqual({ userId: id, email })
  expect(await findWanted(store, sessionId)).toEqual({ code: false, passkey: true, recoveryCode: false })
  await store.pool.query(`update app_session set expires_at = now() where id_hash = $1`, [sessionId])
  expect(await findWanted(store, sessionId)).toBeNull()
})

test('the passkey opens a session under another id, and the one that waited is over', async () => {
  const { id, email } = await person()
  const { passkey } = await addPasskey(store, id)
  const waiting = hashSecretText((await byPassword(email)).sessionSecret)
  const assertion = passkey.answer(makeChallenge(secret, secondStepOf(waiting), new Date()))
  const entered = await giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'passkey', assertion })
  const sessionId = hashSecretText(entered.sessionSecret)
  expect(sessionId).not.toBe(waiting)
  expect(await findLiveSession(store, sessionId)).toMatchObject({ userId: id, isSteppedUp: true })
  const again = giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'passkey', assertion })
  await expect(again).rejects.toMatchObject({ code: 'unauthenticated' })
  const { rows } = await store.pool.query(`select action, outcome from audit_event where actor_id = $1 order by seq`, [
    id,
  ])
  expect(rows).toEqual([
    { action: 'session.signIn', outcome: 'done' },
    { action: 'session.secondStep', outcome: 'done' },
  ])
})

test('an answer for another session, and the passkey of somebody else, are refused and recorded', async () => {
  const anna = await person()
  const bert = await person()
  const annas = await addPasskey(store, anna.id)
  const berts = await addPasskey(store, bert.id)
  const waiting = hashSecretText((await byPassword(anna.email)).sessionSecret)
  const elsewhere = hashSecretText((await byPassword(anna.email)).sessionSecret)
  for (const [passkey, use] of [
    [annas.passkey, secondStepOf(elsewhere)],
    [annas.passkey, entering],
    [berts.passkey, secondStepOf(waiting)],
  ] as const) {
    const assertion = passkey.answer(makeChallenge(secret, use, new Date()))
    const given = giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'passkey', assertion })
    await expect(given).rejects.toMatchObject({ code: 'unauthenticated' })
  }
  const { rows } = await store.pool.query(
    `select count(*)::int as refused from audit_event where actor_id = $1 and action = 'session.secondStep' and outcome = 'refused'`,
    [anna.id],
  )
  expect(rows).toEqual([{ refused: 3 }])
})

test('each recovery code lets in once, however it is typed', async () => {
  const { id, email } = await person()
  await addPasskey(store, id)
  const codes = makeRecoveryCodes()
  await replaceRecoveryCodes(store.pool, id, codes.map(hashRecoveryCode))
  const [first = ''] = codes
  const given = async (code: string) => {
    const waiting = hashSecretText((await byPassword(email)).sessionSecret)
    return giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'recovery code', code })
  }
  await expect(given(` ${first.toUpperCase().replaceAll('-', ' ')}`)).resolves.toMatchObject({})
  await expect(given(first)).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(given('aaaa-aaaa-aaaa-aaaa')).rejects.toMatchObject({ code: 'unauthenticated' })
  const { rows } = await store.pool.query(`select c::text as row from recovery_code c where user_id = $1`, [id])
  expect(JSON.stringify(rows)).not.toContain(first)
})

test('five wrong second factors make the account wait, and five more sign-ins by password do not help', async () => {
  const { id, email } = await person()
  const { passkey } = await addPasskey(store, id)
  const wrong = async () => {
    const waiting = hashSecretText((await byPassword(email)).sessionSecret)
    return giveSecondFactor({ store, secret, from: { ...from, address: '10.9.9.9' }, device: null }, waiting, {
      way: 'recovery code',
      code: 'aaaa-aaaa-aaaa-aaaa',
    })
  }
  for (let times = 0; times < 5; times += 1) await expect(wrong()).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(wrong()).rejects.toMatchObject({ code: 'limited' })
  // The owner's own browser has tries of its own.
  const device = deviceProof(secret, { id, passwordHash })
  const waiting = hashSecretText((await byPassword(email)).sessionSecret)
  const assertion = passkey.answer(makeChallenge(secret, secondStepOf(waiting), new Date()))
  await expect(
    giveSecondFactor({ store, secret, from, device }, waiting, { way: 'passkey', assertion }),
  ).resolves.toMatchObject({ device })
})

test('a code that no worker checks says so and what to do', async () => {
  const { id, email } = await person()
  const app = await addAuthenticator(store, keys, id)
  const waiting = hashSecretText((await byPassword(email)).sessionSecret)
  const given = giveSecondFactor({ store, secret, from, device: null }, waiting, { way: 'code', code: app.code() })
  await expect(given).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringMatching(/only a worker can.*passkey or a recovery code, or start a worker/),
  })
  for (const { id: asked } of await takeInquiries(store)) await answerInquiry(store, asked, { problem: 'over' })
})

test('a passkey that asked for a finger lets in alone; one that did not, one of a disabled person, and an old answer do not', async () => {
  const { id } = await person()
  const { passkey } = await addPasskey(store, id)
  const door = { store, secret, from, device: null }
  const challenge = () => makeChallenge(secret, entering, new Date())
  const assertion = passkey.answer(challenge())
  const entered = await enterByPasskey(door, assertion)
  expect(await findLiveSession(store, hashSecretText(entered.sessionSecret))).toMatchObject({ userId: id })
  await expect(enterByPasskey(door, assertion)).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(enterByPasskey(door, passkey.answer(challenge(), { isVerified: false }))).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  const old = makeChallenge(secret, entering, new Date(Date.now() - 601_000))
  await expect(enterByPasskey(door, passkey.answer(old))).rejects.toMatchObject({ code: 'unauthenticated' })
  await store.pool.query('update app_user set disabled_at = now() where id = $1', [id])
  await expect(enterByPasskey(door, passkey.answer(challenge()))).rejects.toMatchObject({ code: 'unauthenticated' })
})

async function person(): Promise<{ id: string; email: string }> {
  people += 1
  const email = `person-${people}@example.org`
  const user = await insertUser(store.pool, {
    email,
    name: email,
    grants: [everywhere('operator')],
    passwordHash,
    grantedBy: 'test',
  })
  return { id: user?.id ?? '', email }
}

function byPassword(email: string) {
  return signIn({ store, secret }, { ...from, email, password, device: null })
}
