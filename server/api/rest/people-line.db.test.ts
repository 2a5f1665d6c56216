import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { signIn } from '#server/auth/sign-in.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))

test('people are invited, given rights, kept out and let in from the command line', { timeout: 240_000 }, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  const admin = await console.signedIn('admin')
  const bea = await console.signedIn('viewer')
  const token = await console.token('admin')
  const run = (...args: string[]) => runLine(listener.url, token, args)

  const invited = await run('users', 'invite', 'cai@example.org', '--name', 'Cai', '--grant', 'operator@label:prod')
  expect(invited.stdout).toMatch(/\/invitation#[\w-]{43}\n$/)
  const granted = await run('users', 'grant', bea.email, 'operator@label:prod')
  expect(granted.stdout).toBe(`${bea.email}: viewer@all, operator@label:prod; may sign in.\n`)
  expect(await run('users', 'grant', bea.email, 'operator@label:prod')).toMatchObject({ code: 3 })
  expect((await run('users', 'revoke', bea.email, 'viewer')).stdout).toContain(': operator@label:prod;')
  expect(await run('users', 'grant', bea.email, 'root')).toMatchObject({ code: 2 })
  expect((await run('users', 'sessions', bea.email)).stdout).toContain(bea.sessionId)
  expect((await run('users', 'end-session', bea.email, bea.sessionId)).stdout).toBe('Ended: 1.\n')
  expect(await run('users', 'end-session', bea.email)).toMatchObject({ code: 2 })
  expect((await run('users', 'disable', bea.email)).stdout).toContain('; disabled.')
  expect((await run('users', 'enable', bea.email)).stdout).toContain('; may sign in.')
  const last = await run('users', 'disable', admin.email)
  expect(last).toMatchObject({ code: 3 })
  expect(last.stderr).toContain('is the only administrator')
  const listed: unknown = JSON.parse((await run('users', 'list', '--json')).stdout)
  expect(listed).toHaveLength(3)
  expect((await run('users', 'list')).stdout).toMatch(/cai@example\.org +Cai +operator@label:prod +invited until/)
})

test('people, their sessions and tokens have the verbs that one expects', { timeout: 240_000 }, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  const bea = await console.signedIn('viewer')
  const token = await console.token('admin')
  const run = (...args: string[]) => runLine(listener.url, token, args)

  const first = await run('people', 'invite', 'cai@example.org', '--name', 'Cai', '--grant', 'viewer')
  const again = await run('people', 'invite-again', 'cai@example.org')
  expect(again.stdout).toMatch(/\/invitation#[\w-]{43}\n$/)
  expect(again.stdout).not.toBe(first.stdout)
  expect((await run('people', 'list')).stdout).toContain('cai@example.org')
  expect(await run('people', 'disable', 'nobody@example.org')).toMatchObject({ code: 1 })
  expect((await run('sessions', 'list', bea.email)).stdout).toContain(bea.sessionId)
  expect(await run('sessions', 'end', bea.email)).toMatchObject({ code: 2 })
  expect(JSON.parse((await run('sessions', 'end', bea.email, '--all', '--json')).stdout)).toEqual({ ended: 1 })
  expect((await run('sessions', 'list', bea.email)).stdout).toBe(`${bea.email} is signed in nowhere.\n`)
  const { password } = JSON.parse((await run('people', 'reset-password', bea.email, '--json')).stdout)
  const attempt = { email: bea.email, password, address: 'a', userAgent: '', device: null }
  expect((await signIn(console.services, attempt)).credentials.id).toBe(bea.id)

  await console.token('viewer')
  const tokens: { id: string; grants: { role: string }[] }[] = JSON.parse(
    (await run('tokens', 'list', '--json')).stdout,
  )
  const id = tokens.find(({ grants }) => grants[0]?.role === 'viewer')?.id ?? ''
  expect((await run('tokens', 'revoke', id)).stdout).toBe('The token is revoked.\n')
  expect(await run('tokens', 'revoke', id)).toMatchObject({ code: 3 })
  expect((await run('tokens', 'list')).stdout).toMatch(/viewer@all +revoked/)

  const refused = await run('audit', 'list', '--outcome', 'refused', '--json')
  expect(JSON.parse(refused.stdout)).toMatchObject([{ action: 'tokens.revoke', outcome: 'refused' }])
  const none = await run('audit', 'list', '--until', '2020-01-01T00:00:00Z', '--json')
  expect(JSON.parse(none.stdout)).toEqual([])
})

function runLine(url: string, token: string, args: string[]) {
  const env = { ...process.env, MATRIARCH_URL: url, MATRIARCH_TOKEN: token }
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(matriarch, args, { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, stdout, stderr })
    })
  })
}
