import { expect, test } from 'vitest'
import { takeAllowance } from '#server/store/allowances.ts'
import { openStore } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from './testing/console.ts'

test('what is given at once is given once, whichever process asks, and comes back with time', async () => {
  await using store = await openTestStore()
  const other = openStore(store.url, { max: 3 })
  try {
    const takes = Array.from({ length: 30 }, (_, n) =>
      takeAllowance(n % 2 === 0 ? store : other, 'a', { atOnce: 10, aMinute: 1 }),
    )
    expect((await Promise.all(takes)).filter(({ ok }) => ok)).toHaveLength(10)
  } finally {
    await other.close()
  }
  expect(await takeAllowance(store, 'b', { atOnce: 10, aMinute: 1 })).toEqual({ ok: true })
  await store.pool.query(`update allowance set at = at - interval '2 min' where key = 'a'`)
  const again = [
    await takeAllowance(store, 'a', { atOnce: 10, aMinute: 1 }),
    await takeAllowance(store, 'a', { atOnce: 10, aMinute: 1 }),
  ]
  expect(again).toEqual([{ ok: true }, { ok: true }])
  expect(await takeAllowance(store, 'a', { atOnce: 10, aMinute: 1 })).toEqual({ ok: false, waitSeconds: 60 })
})

const dear = [
  ['POST', '/clusters', { name: 'x', patroniUrls: ['http://10.0.0.1:8008'] }, 'looks at a cluster'],
  ['POST', '/clusters/discover', { name: 'x', patroniUrls: ['http://10.0.0.1:8008'] }, 'looks at a cluster'],
  ['GET', '/audit/export.jsonl', undefined, 'exports'],
  ['GET', '/audit/export.csv', undefined, 'exports'],
  ['POST', '/clusters/main/agents/pg-node-1/invitation', {}, 'invitations'],
  ['POST', '/channels/pager/test', {}, 'tests of a channel'],
] as const

test.each(dear)('%s %s is refused once its caller had enough, and only to him', async (method, path, body, what) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await owner.pool.query(`insert into cluster (name, endpoints) values ('main', '{"patroniUrls":[]}')`)
  await owner.pool.query(
    `insert into channel (name, kind, settings, created_by) values ('pager', 'slack', '{"kind":"slack"}', 'test')`,
  )
  const { rows } = await owner.pool.query<{ id: string }>('select id from api_token')
  await owner.pool.query('insert into allowance (key, left_over) values ($1, 0)', [`${what} of token ${rows[0]?.id}`])
  const response = await console.rest(method, path, { token, body })
  expect([response.status, await response.text()]).toEqual([429, expect.stringContaining(`too many ${what}`)])
  expect(await takeAllowance(owner, `${what} of token somebody-else`, { atOnce: 1, aMinute: 1 })).toEqual({ ok: true })
})

test('an address that shows tokens that are none is told to wait, and one that counts is let in all the same', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('viewer')
  await owner.pool.query(`insert into allowance (key, left_over) values ('bad tokens from unknown', 0)`)
  expect((await console.rest('GET', '/whoami', { token: `mtr_${'0'.repeat(40)}` })).status).toBe(429)
  expect((await console.rest('GET', '/whoami', { token })).status).toBe(200)
})
