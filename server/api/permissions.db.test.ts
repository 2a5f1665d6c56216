import { expect, test } from 'vitest'
import { isAllowed, roles, type Role } from '#domain/permission.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { allProcedures, type Procedure } from './procedures.ts'
import { openTestConsole, type TestConsole } from './testing/console.ts'

const procedures = allProcedures()

test('every mutation names its own path as its audit action, and nothing else has one', () => {
  for (const { path, type, meta } of procedures)
    expect([path, meta.audit]).toEqual([path, type === 'mutation' ? path : null])
})

test('nobody gets past a procedure without a session or token that counts', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const ended = await console.signedIn('admin')
  await owner.pool.query('update app_session set ended_at = now() where id_hash = $1', [ended.sessionId])
  const idle = await console.signedIn('admin')
  await owner.pool.query(`update app_session set last_seen_at = now() - interval '31 minutes' where id_hash = $1`, [
    idle.sessionId,
  ])
  const old = await console.signedIn('admin')
  await owner.pool.query('update app_session set expires_at = now() where id_hash = $1', [old.sessionId])
  const disabled = await console.signedIn('admin')
  await owner.pool.query('update app_user set disabled_at = now() where id = $1', [disabled.id])
  const revoked = await console.token('admin')
  await owner.pool.query('update api_token set revoked_at = now()')
  const forged = `${console.services.rules.session}=eyJhbGciOiJkaXIifQ..a.b.c`
  const shown: Record<string, Record<string, string>> = {
    nothing: {},
    'an ended session': { cookie: ended.cookie },
    'an idle session': { cookie: idle.cookie },
    'a session past its end': { cookie: old.cookie },
    'a session of a disabled person': { cookie: disabled.cookie },
    'a forged cookie': { cookie: forged },
    'a revoked token': { authorization: `Bearer ${revoked}` },
    'a token of nobody': { authorization: 'Bearer mtr_00000000000000000000000000000000' },
  }
  for (const procedure of procedures) {
    for (const [what, headers] of Object.entries(shown)) {
      expect([procedure.path, what, await codeOf(console, procedure, headers)]).toEqual([
        procedure.path,
        what,
        'unauthenticated',
      ])
    }
  }
})

test.each(roles)('a %s gets exactly what the permission table says, by session and by token', async (role: Role) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn(role)
  const token = await console.token(role)
  for (const procedure of procedures) {
    const expected = isAllowed(role, procedure.meta.permission)
    for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }]) {
      const code = await codeOf(console, procedure, headers)
      const isEntered = code === null || code === 'invalid' || code === 'refused'
      expect([procedure.path, code, isEntered]).toEqual([procedure.path, expected ? code : 'forbidden', expected])
    }
  }
})

test('a role taken away counts at the next request', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { id, cookie } = await console.signedIn('admin')
  expect((await console.query('users.list', undefined, { cookie })).status).toBe(200)
  await owner.pool.query(`update app_user set role = 'viewer' where id = $1`, [id])
  expect((await console.query('users.list', undefined, { cookie })).status).toBe(403)
})

test('a command without the permission is recorded as refused, with whom and on what', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie, email } = await console.signedIn('viewer')
  await console.command('clusters.remove', { name: 'main', confirmName: 'main', reason: 'why not' }, { cookie })
  const { rows } = await owner.pool.query('select actor_name, action, target, outcome from audit_event')
  expect(rows).toEqual([{ actor_name: email, action: 'clusters.remove', target: 'main', outcome: 'refused' }])
})

/** The console's code of the answer: null where the procedure was entered, whatever it then said of the missing input. */
async function codeOf(console: TestConsole, { path, type }: Procedure, headers: Record<string, string>) {
  const ending = new AbortController()
  const response =
    type === 'mutation'
      ? await console.command(path, {}, headers)
      : await console.send(`/api/trpc/${path}?input=${encodeURIComponent('{"json":{"cluster":null}}')}`, {
          headers,
          signal: ending.signal,
        })
  const text = type === 'subscription' ? await firstWords(response) : await response.text()
  ending.abort()
  return /"appCode":"([a-z-]+)"/.exec(text)?.[1] ?? null
}

async function firstWords(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader && !/hello|appCode/.test(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
  }
  await reader?.cancel()
  return text
}
