import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
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

function runLine(url: string, token: string, args: string[]) {
  const env = { ...process.env, MATRIARCH_URL: url, MATRIARCH_TOKEN: token }
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(matriarch, args, { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, stdout, stderr })
    })
  })
}
