import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { insertToken } from '#server/store/tokens.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { findActor, whyForbidden } from './actor.ts'
import { makeOperator } from '../testing/own-store.ts'

const orders = { id: '00000000-0000-4000-8000-000000000001', labels: ['prod'] }
const stock = { id: '00000000-0000-4000-8000-000000000002', labels: ['test'] }

test('what an actor may do is asked of the store as it is now', async () => {
  await using store = await openTestStore()
  const { id, name } = await makeOperator(store)
  const asked = { id: id ?? '', name }
  const why = async () => whyForbidden(await findActor(store, asked), 'switchover.request', orders)

  expect(await why()).toBeNull()
  await store.pool.query(`update app_grant set role = 'viewer'`)
  expect(await why()).toBe('Ada has no role any more that allows this.')
  await store.pool.query(`update app_grant set role = 'operator'`)
  await store.pool.query(`update app_user set disabled_at = now()`)
  expect(await why()).toBe('Ada, who wanted this, has been disabled since.')
  await store.pool.query('delete from app_user')
  expect(await why()).toBe('Ada, who wanted this, is not known any more.')
})

test('a right for some clusters is none for others', async () => {
  await using store = await openTestStore()
  const { id, name } = await makeOperator(store)
  await store.pool.query(`update app_grant set scope = 'label', label = 'prod'`)
  const actor = await findActor(store, { id: id ?? '', name })
  expect(whyForbidden(actor, 'switchover.request', orders)).toBeNull()
  expect(whyForbidden(actor, 'switchover.request', stock)).toBe('Ada has no role any more that allows this.')
})

test('a token acts until it expires or is revoked, and the audit log names it as one', async () => {
  await using store = await openTestStore()
  const wanted = {
    name: 'ci',
    hash: 'hash',
    grants: [everywhere('operator')],
    createdBy: 'Ada',
    ownerId: null,
    expiresInDays: 1,
  }
  const id = (await insertToken(store.pool, wanted))?.id ?? ''
  const asked = { id, name: 'ci' }
  const actor = await findActor(store, asked)
  expect(actor.record).toEqual({ ...asked, kind: 'token' })
  expect(whyForbidden(actor, 'switchover.request', orders)).toBeNull()
  await store.pool.query('update api_token set revoked_at = now()')
  expect(whyForbidden(await findActor(store, asked), 'switchover.request', orders)).toContain('revoked')
})

test('a token may no more than whoever made it', async () => {
  await using store = await openTestStore()
  const { id: ownerId } = await makeOperator(store)
  const wanted = {
    name: 'ci',
    hash: 'hash',
    grants: [everywhere('admin')],
    createdBy: 'Ada',
    ownerId,
    expiresInDays: 1,
  }
  const id = (await insertToken(store.pool, wanted))?.id ?? ''
  const why = async (permission: 'switchover.request' | 'clusters.manage') =>
    whyForbidden(await findActor(store, { id, name: 'ci' }), permission, orders)
  expect(await why('switchover.request')).toBeNull()
  expect(await why('clusters.manage')).toBe('ci has no role any more that allows this.')
  await store.pool.query('update app_user set disabled_at = now()')
  expect(await why('switchover.request')).toContain('revoked')
})

test('what a group gave and the provider has not confirmed lately allows nothing, and the refusal says what to do', async () => {
  await using store = await openTestStore()
  const { id, name } = await makeOperator(store)
  await store.pool.query('delete from app_grant')
  await store.pool.query(
    `insert into group_grant (user_id, group_name, role, scope) values ($1, 'dba', 'operator', 'all')`,
    [id],
  )
  const why = async () => whyForbidden(await findActor(store, { id: id ?? '', name }), 'switchover.request', orders)
  expect(await why()).toBeNull()
  await store.pool.query('update group_grant set good_until = now()')
  expect(await why()).toBe(
    'Ada has no role any more that allows this. Rights that they have by a group rest until they sign in with the provider again.',
  )
})
