import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listAudit } from '#server/audit/list.ts'
import { writeKey } from '#server/store/key-files.ts'
import { choosePassword, ensurePassword } from '../demo/known-password.ts'
import { openTestStore } from '../testing/store.ts'
import { adminEmail, isAdminPassword, makeFirstAdmin } from './first-admin.ts'

test('the first start makes one administrator with a random password, tells it and says so in the audit log', async () => {
  await using store = await openTestStore()
  const said: string[] = []
  const say = (sentence: string) => said.push(sentence)
  const made = await Promise.all([makeFirstAdmin(store, null, say), makeFirstAdmin(store, null, say)])
  expect(made.filter(Boolean)).toHaveLength(1)
  expect(said).toHaveLength(1)
  const [, password = ''] =
    /^Sign in as admin@matriarch\.local with ([a-z2-9]{5}(?:-[a-z2-9]{5}){3}) /.exec(said[0] ?? '') ?? []
  expect(await isAdminPassword(store, password)).toBe(true)
  const { rows } = await store.pool.query(
    'select email, role, scope, password_hash from app_user u join app_grant g on g.user_id = u.id',
  )
  expect(rows).toEqual([
    { email: adminEmail, role: 'admin', scope: 'all', password_hash: expect.stringMatching(/^\$argon2id\$/) },
  ])
  const { records } = await listAudit(store, { limit: 10 })
  expect(records).toMatchObject([{ action: 'users.create', target: adminEmail, actor: { kind: 'console' } }])
  expect(password).not.toBe('')
  expect(JSON.stringify(records)).not.toContain(password)
})

test('a chosen password is taken and not told, and a later start changes nothing', async () => {
  await using store = await openTestStore()
  expect(await makeFirstAdmin(store, 'chosen-password', mute)).toBe(true)
  expect(await makeFirstAdmin(store, 'another-one', mute)).toBe(false)
  expect(await isAdminPassword(store, 'chosen-password')).toBe(true)
})

test('the demo prints the same password at every start and makes it true again', async () => {
  await using store = await openTestStore()
  using home = temporaryHome()
  const password = choosePassword(home.path, null)
  await makeFirstAdmin(store, password, mute)
  expect(choosePassword(home.path, null)).toBe(password)
  expect(choosePassword(home.path, 'chosen-password')).toBe('chosen-password')
  await ensurePassword(store, home.path, 'chosen-password')
  expect(await isAdminPassword(store, 'chosen-password')).toBe(true)
  expect(choosePassword(home.path, null)).toBe('chosen-password')
})

test("the demo does not take over somebody's own console", async () => {
  await using store = await openTestStore()
  using home = temporaryHome()
  writeKey(home.path, 'store.json', '{}')
  await makeFirstAdmin(store, 'their-own-password', mute)
  await expect(ensurePassword(store, home.path, choosePassword(home.path, null))).rejects.toThrow(/Set MATRIARCH_HOME/)
  await ensurePassword(store, home.path, choosePassword(home.path, 'their-own-password'))
  expect(await isAdminPassword(store, 'their-own-password')).toBe(true)
})

function mute(sentence: string): never {
  throw new Error(`said: ${sentence}`)
}

function temporaryHome(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'matriarch-home-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
