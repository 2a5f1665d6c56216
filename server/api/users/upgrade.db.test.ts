import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { isAllowed } from '#domain/people/permission.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { findActor } from '#server/operations/request/actor.ts'
import { migrate, migrateWith, readMigrations } from '#server/store/migrate.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'

const oldRoles = ['viewer', 'operator', 'admin'] as const

test('people and tokens of a store from before grants have the grants that mean the same', async () => {
  await using store = await openTestStore()
  const migrations = await readMigrations()
  const before = migrations.findIndex(({ name }) => name.endsWith('_grants'))
  await store.pool.query('drop schema public cascade')
  await store.pool.query('create schema public')
  expect((await migrateWith(store.url, migrations.slice(0, before))).at(-1)).toBe('0023_audit_checkpoints')
  for (const role of oldRoles) await insertAsBefore(store, role)
  expect(await migrate(store.url)).toEqual(migrations.slice(before).map(({ name }) => name))

  for (const role of oldRoles) {
    const { rows } = await store.pool.query<{ id: string; token: string; owner: string }>(
      `select u.id, t.id as token, t.owner_id as owner from app_user u join api_token t on t.owner_id = u.id
        where u.email = $1 || '@example.org'`,
      [role],
    )
    const [row] = rows
    if (!row) throw new Error(`There is no ${role} with a token.`)
    const { id, token, owner } = row
    expect([role, owner]).toEqual([role, id])
    for (const asked of [
      { id, name: role },
      { id: token, name: `${role}'s token` },
    ]) {
      const actor = await findActor(store, asked)
      expect([asked.name, actor.problem, actor.grants]).toEqual([asked.name, null, [everywhere(role)]])
    }
    const { grants } = await findActor(store, { id, name: role })
    const may = (['clusters.read', 'switchover.request', 'users.manage'] as const).filter((permission) =>
      isAllowed(grants, permission, 'everywhere'),
    )
    expect([role, may]).toEqual([role, may.slice(0, oldRoles.indexOf(role) + 1)])
    expect(may).toHaveLength(oldRoles.indexOf(role) + 1)
  }
})

test('a token and a person of before go on as they were, and whoever was disabled stays it', async () => {
  await using store = await openTestStore()
  const migrations = await readMigrations()
  const before = migrations.findIndex(({ name }) => name.endsWith('_grants'))
  await store.pool.query('drop schema public cascade')
  await store.pool.query('create schema public')
  await migrateWith(store.url, migrations.slice(0, before))
  for (const role of oldRoles) await insertAsBefore(store, role)
  await store.pool.query(`update app_user set disabled_at = now() where email = 'operator@example.org'`)
  await migrate(store.url)
  await using console = await openTestConsole(store)
  const statusOf = async (role: string, path: string) =>
    (await console.rest('GET', path, { token: tokenOf(role) })).status
  expect([await statusOf('viewer', '/clusters'), await statusOf('viewer', '/users')]).toEqual([200, 403])
  expect([await statusOf('admin', '/clusters'), await statusOf('admin', '/users')]).toEqual([200, 200])
  expect(await statusOf('operator', '/clusters')).toBe(401)
  const { rows } = await store.pool.query(
    'select email, password_hash from app_user where disabled_at is null order by 1',
  )
  expect(rows).toEqual([
    { email: 'admin@example.org', password_hash: 'hash of admin' },
    { email: 'viewer@example.org', password_hash: 'hash of viewer' },
  ])
})

/** As the version before kept a person with a role, and a token that they made. */
async function insertAsBefore({ pool }: Store, role: (typeof oldRoles)[number]): Promise<void> {
  const email = `${role}@example.org`
  await pool.query(`insert into app_user (email, name, role, password_hash) values ($1, $2, $2, $3)`, [
    email,
    role,
    `hash of ${role}`,
  ])
  await pool.query('insert into api_token (name, token_hash, role, created_by) values ($1, $2, $3, $4)', [
    `${role}'s token`,
    hashSecretText(tokenOf(role)),
    role,
    email,
  ])
}

function tokenOf(role: string): string {
  return `mtr_${role.padEnd(43, 'x')}`
}
