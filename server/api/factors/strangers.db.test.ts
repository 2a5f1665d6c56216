import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'

const password = 'correct horse battery'
let owner: TestStore
let console: TestConsole

beforeAll(async () => {
  owner = await openTestStore()
  console = await openTestConsole(owner)
})
afterAll(async () => {
  await console[Symbol.asyncDispose]()
  await owner[Symbol.asyncDispose]()
})

test('whoever has a session shows who they are and changes their password whatever strangers try', async () => {
  const { id, cookie } = await console.signedIn('operator')
  await owner.pool.query(
    `insert into sign_in_attempt (kind, account, address, is_good)
     select kind, 'u' || n, 'a' || n, false
       from generate_series(1, 4000) as n, unnest(array['password', 'second step', 'provider', 'step-up', 'own password']) as kind`,
  )
  const next = 'another horse battery'
  expect((await console.command('session.stepUp', { way: 'password', password }, { cookie })).status).toBe(200)
  expect((await console.command('session.changePassword', { current: password, next }, { cookie })).status).toBe(200)
  // Their own guesses have an end, each kind for itself.
  const guess = { way: 'password', password: 'wrong' }
  for (let n = 0; n < 5; n++) await console.command('session.stepUp', guess, { cookie })
  expect((await console.command('session.stepUp', { ...guess, password: next }, { cookie })).status).toBe(429)
  const other = { current: next, next: 'a third horse battery' }
  for (let n = 0; n < 5; n++)
    await console.command('session.changePassword', { ...other, current: 'wrong' }, { cookie })
  expect((await console.command('session.changePassword', other, { cookie })).status).toBe(429)
  const { rows } = await owner.pool.query('select count(*)::int as count from sign_in_attempt where account = $1', [id])
  expect(rows[0]?.count).toBe(12)
})
