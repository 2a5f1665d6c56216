import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { findActor, whyForbidden } from './actor.ts'
import { makeOperator } from './testing/own-store.ts'

test('what an actor may do is asked of the store as it is now', async () => {
  await using store = await openTestStore()
  const { id, name } = await makeOperator(store)
  const asked = { id: id ?? '', name }
  const why = async () => whyForbidden(await findActor(store, asked), 'switchover.request')

  expect(await why()).toBeNull()
  await store.pool.query(`update app_user set role = 'viewer'`)
  expect(await why()).toBe('Ada has no role any more that allows this.')
  await store.pool.query(`update app_user set role = 'operator', disabled_at = now()`)
  expect(await why()).toBe('Ada, who wanted this, has been disabled since.')
  await store.pool.query('delete from app_user')
  expect(await why()).toBe('Ada, who wanted this, is not known any more.')
})

test('a token acts until it expires or is revoked, and the audit log names it as one', async () => {
  await using store = await openTestStore()
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into api_token (name, token_hash, role, created_by, expires_at)
     values ('ci', 'hash', 'operator', 'Ada', now() + interval '1 hour') returning id`,
  )
  const asked = { id: rows[0]?.id ?? '', name: 'ci' }
  const actor = await findActor(store, asked)
  expect(actor.record).toEqual({ ...asked, kind: 'token' })
  expect(whyForbidden(actor, 'switchover.request')).toBeNull()
  await store.pool.query('update api_token set revoked_at = now()')
  expect(whyForbidden(await findActor(store, asked), 'switchover.request')).toContain('revoked')
})
