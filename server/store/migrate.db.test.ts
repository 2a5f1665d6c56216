import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { migrate, prismaFolder, readMigrations } from './migrate.ts'
import { inTransaction } from './open.ts'

test('a migrated store is up to date and a second run applies nothing', async () => {
  await using store = await openTestStore()
  expect(await migrate(store.url)).toEqual([])
})

test('a migration that was cut off is run again', async () => {
  await using store = await openTestStore()
  const last = (await readMigrations()).at(-1)?.name
  await store.pool.query('drop schema public cascade')
  await store.pool.query('create schema public')
  await migrate(store.url)
  await store.pool.query("insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'x', $1)", [last])
  expect(await migrate(store.url)).toEqual([])
})

test('two supervisors that start at once migrate once', async () => {
  await using store = await openTestStore()
  await store.pool.query('drop schema public cascade')
  await store.pool.query('create schema public')
  const applied = await Promise.all([migrate(store.url), migrate(store.url)])
  expect(applied.flat()).toEqual((await readMigrations()).map(({ name }) => name))
})

test('a store of a newer version is refused by name', async () => {
  await using store = await openTestStore()
  await store.pool.query(
    "insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '9999_later', now())",
  )
  await expect(migrate(store.url)).rejects.toThrow(/newer version of Matriarch \(it has 9999_later\)/)
})

test('every table of the schema is in the store', async () => {
  await using store = await openTestStore()
  const schema = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8')
  const wanted = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table)
  const { rows } = await store.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted))
})

test('a cluster has one active operation at most in each lane', async () => {
  await using store = await openTestStore()
  const insert = (id: string, state: string, lane = 'lead') =>
    inTransaction(store, (tx) =>
      tx.query(
        `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name, ended_at)
         values ($1, '00000000-0000-4000-8000-000000000001', 'main', 'any', $4, $2, '{}', 'x', 'why', 'u', 'U', $3)`,
        [id, state, state === 'succeeded' ? new Date() : null, lane],
      ),
    )
  await insert('00000000-0000-4000-8000-00000000000a', 'succeeded')
  await insert('00000000-0000-4000-8000-00000000000b', 'running')
  await expect(insert('00000000-0000-4000-8000-00000000000c', 'planned')).rejects.toMatchObject({
    constraint: 'operation_one_active',
  })
  await insert('00000000-0000-4000-8000-00000000000d', 'running', 'backup')
  await expect(insert('00000000-0000-4000-8000-00000000000e', 'planned', 'backup')).rejects.toMatchObject({
    constraint: 'operation_one_active',
  })
  await expect(insert('00000000-0000-4000-8000-00000000000f', 'planned', 'other')).rejects.toMatchObject({
    constraint: 'operation_lane_known',
  })
})
