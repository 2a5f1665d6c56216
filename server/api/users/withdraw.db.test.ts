import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'

test('the links of who is disabled end with them, made by themselves or with a token, and nobody else’s', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = randomUUID()
  await owner.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'orders', '{}')`, [clusterId])
  const admin = await console.signedIn('admin')
  const leaver = await console.signedIn('admin')
  const made = await dataOf(
    await console.command('tokens.create', { name: 'ci', grants: ['admin'] }, { cookie: leaver.cookie }),
  )
  // A token that is called by somebody's address makes nobody's links the leaver's.
  await console.command('tokens.create', { name: admin.email, grants: ['viewer'] }, { cookie: leaver.cookie })
  const share = { kind: 'page', clusters: ['orders'], expiresInDays: 30 }
  await console.command('shares.create', { ...share, title: 'by hand' }, { cookie: leaver.cookie })
  await console.command('shares.create', { ...share, title: 'of another' }, { cookie: admin.cookie })
  const byToken = await console.rest('POST', '/shares', {
    token: String(made['token']),
    body: { ...share, title: 'by token' },
  })
  expect(byToken.status).toBeLessThan(300)
  await invite(console, 'mallory@example.org', leaver.cookie)
  await invite(console, 'bea@example.org', admin.cookie)
  for (const [node, createdBy] of [
    ['pg-1', leaver.email],
    ['pg-2', admin.email],
  ]) {
    await owner.pool.query(
      `insert into agent_invitation (id, cluster_id, node, address, token_hash, sealed, created_by, expires_at)
       values (gen_random_uuid(), $1, $2, '10.0.0.1:1', $4, '\\x00', $3, now() + interval '1 hour')`,
      [clusterId, node, createdBy, node],
    )
  }

  const answer = await console.command('users.update', { id: leaver.id, disabled: true }, { cookie: admin.cookie })
  expect(answer.status).toBe(200)

  const shares = await owner.pool.query('select title, revoked_by from share_link order by title')
  expect(shares.rows).toEqual([
    { title: 'by hand', revoked_by: admin.email },
    { title: 'by token', revoked_by: admin.email },
    { title: 'of another', revoked_by: null },
  ])
  const people = await owner.pool.query(
    'select u.email from invitation i join app_user u on u.id = i.user_id where i.expires_at > now()',
  )
  expect(people.rows).toEqual([{ email: 'bea@example.org' }])
  const agents = await owner.pool.query('select node, outcome from agent_invitation order by node')
  expect(agents.rows).toEqual([
    { node: 'pg-1', outcome: 'cancelled' },
    { node: 'pg-2', outcome: null },
  ])
  const records = await owner.pool.query(`select detail from audit_event where action = 'users.update'`)
  expect(records.rows).toMatchObject([
    {
      detail: {
        endedSessions: 1,
        revokedTokens: 2,
        revokedShares: 2,
        withdrawnInvitations: 1,
        withdrawnAgentInvitations: 1,
      },
    },
  ])
})

async function invite(console: TestConsole, email: string, cookie: string): Promise<void> {
  const wanted = { email, name: email, grants: ['viewer'] }
  expect((await console.command('users.invite', wanted, { cookie })).status).toBe(200)
}

async function dataOf(response: Response): Promise<Record<string, unknown>> {
  const body: { result?: { data?: { json?: Record<string, unknown> } } } = JSON.parse(await response.text())
  return body.result?.data?.json ?? {}
}
