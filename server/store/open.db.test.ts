import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { inTransaction, openStore } from './open.ts'

test('what a transaction did is gone when it throws, and the connection is used again', async () => {
  await using store = await openTestStore({ max: 1 })
  await store.pool.query('create table kept (a int)')
  const failing = inTransaction(store, async (tx) => {
    await tx.query('insert into kept values (1)')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  const { rows } = await inTransaction(store, (tx) => tx.query('select count(*) as n from kept'))
  expect(rows).toEqual([{ n: 0 }])
})

test('a connection ended by the server costs one error, not the pool', async () => {
  await using store = await openTestStore({ max: 1 })
  const cut = inTransaction(store, (tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'))
  await expect(cut).rejects.toMatchObject({ code: 'store-unreachable' })
  expect((await store.pool.query('select 1 as a')).rows).toEqual([{ a: 1 }])
})

test('a statement over its limit is a time-out', async () => {
  await using store = await openTestStore()
  const hasty = openStore(store.url, { max: 1, statementTimeoutMs: 100 })
  try {
    await expect(hasty.pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: 'timeout' })
    await expect(hasty.prisma.$queryRaw`select pg_sleep(5)::text`).rejects.toMatchObject({ code: 'timeout' })
    expect((await hasty.pool.query('select 1 as a')).rows).toEqual([{ a: 1 }])
  } finally {
    await hasty.close()
  }
})

test('a store that is not there is told as such by every door', async () => {
  const nowhere = openStore('postgresql://matriarch:x@127.0.0.1:1/matriarch', { max: 1 })
  const unreachable = { code: 'store-unreachable' }
  await expect(nowhere.pool.query('select 1')).rejects.toMatchObject(unreachable)
  await expect(inTransaction(nowhere, async () => {})).rejects.toMatchObject(unreachable)
  await expect(nowhere.prisma.cluster.findMany()).rejects.toMatchObject(unreachable)
  await expect(nowhere.prisma.$queryRaw`select 1`).rejects.toMatchObject(unreachable)
  await nowhere.close()
})

test('whole numbers of 64 bits arrive as numbers', async () => {
  await using store = await openTestStore()
  expect((await store.pool.query('select 4000000000::int8 as n')).rows).toEqual([{ n: 4_000_000_000 }])
})
