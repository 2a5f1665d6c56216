import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'

test('whoever has no role changes their own password and ends their own sessions, and those of nobody else', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const nobody = await console.signedIn([], 'the old password')
  const admin = await console.signedIn('admin')
  await owner.pool.query(
    `insert into app_session (id_hash, user_id, expires_at, user_agent, address) values ('other', $1, now() + interval '1 hour', '', '')`,
    [nobody.id],
  )
  const { cookie } = nobody
  const sessions = async () => {
    const answer = await console.query('session.list', undefined, { cookie })
    const body: { result: { data: { json: { id: string }[] } } } = await answer.json()
    return body.result.data.json.map(({ id }) => id).toSorted()
  }
  expect(await sessions()).toEqual(['other', nobody.sessionId].toSorted())

  const taken = await console.command('session.end', { id: admin.sessionId }, { cookie })
  expect(taken.status).toBe(404)
  expect((await console.query('session.whoami', undefined, { cookie: admin.cookie })).status).toBe(200)
  expect((await console.command('session.end', { id: 'other' }, { cookie })).status).toBe(200)
  expect(await sessions()).toEqual([nobody.sessionId])

  const change = { current: 'the old password', next: 'another long password' }
  expect((await console.command('session.changePassword', change, { cookie })).status).toBe(200)
  expect((await console.command('users.resetPassword', { id: admin.id }, { cookie })).status).toBe(403)
  const { rows } = await owner.pool.query(
    `select actor_name as actor, action || ' ' || outcome as act from audit_event order by seq`,
  )
  const acts = ['session.end refused', 'session.end done', 'session.changePassword done', 'users.resetPassword refused']
  expect(rows).toEqual(acts.map((act) => ({ actor: nobody.email, act })))
})
