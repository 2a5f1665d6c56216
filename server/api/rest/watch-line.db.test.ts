import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { addCluster } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const slowly = { timeout: 240_000 }

type Run = (...args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>

async function withLine(work: (run: Run, owner: TestStore) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  await addCluster(owner, randomUUID())
  const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
  await work((...args) => {
    const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
    return new Promise((resolve) => {
      execFile(matriarch, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
      })
    })
  }, owner)
}

test('maintenance is begun, listed, extended and ended from a shell', slowly, () =>
  withLine(async (run) => {
    expect(await run('maintenance', 'start', 'main', '--reason', 'kernel')).toMatchObject({ code: 2 })
    const begun = await run(
      'maintenance',
      'start',
      'main',
      '--for',
      '1h',
      '--own-acts',
      '--reason',
      'kernel update',
      '--json',
    )
    const window: { id: string } = JSON.parse(begun.stdout)
    expect(window).toMatchObject({ clusterName: 'main', forbids: 'acts-of-others', reason: 'kernel update' })
    expect((await run('maintenance', 'list', 'main')).stdout).toMatch(/goes on +main .*kernel update/)
    const later = await run('maintenance', 'extend', window.id, '--for', '3h', '--reason', 'it takes longer')
    expect(later.stdout).toMatch(/^It ends at /)
    expect((await run('maintenance', 'end', window.id)).stdout).toBe('The maintenance on main has ended.\n')
    expect(await run('maintenance', 'end', window.id)).toMatchObject({ code: 3 })
    expect((await run('maintenance', 'list')).stdout).toBe('There is no maintenance.\n')
    expect((await run('maintenance', 'list', '--all')).stdout).toMatch(/ended +main/)
    expect(await run('maintenance', 'start', 'main', '--for', '30d', '--reason', 'too long')).toMatchObject({ code: 3 })
  }),
)

test('links for those who watch are made, listed and revoked from a shell', slowly, () =>
  withLine(async (run, owner) => {
    const made = await run('shares', 'create', '--title', 'Board', '--clusters', 'main', '--days', '7')
    expect(made.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/status#[\w-]{43}\n$/)
    expect(made.stderr).toContain('It is told only now')
    const { rows } = await owner.pool.query('select token_hash from share_link')
    const token = /#(.*)\n/.exec(made.stdout)?.[1] ?? ''
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await run('shares', 'create', '--title', 'x', '--clusters', 'main', '--days', 'many')).toMatchObject({
      code: 2,
    })
    expect(await run('shares', 'create', '--title', 'x', '--clusters', 'never')).toMatchObject({ code: 1 })
    const listed: { id: string; title: string }[] = JSON.parse((await run('shares', 'list', '--json')).stdout)
    expect(listed).toMatchObject([{ title: 'Board', kind: 'page', views: 0, clusters: ['main'] }])
    expect(JSON.stringify(listed)).not.toContain(token)
    expect((await run('shares', 'revoke', listed[0]?.id ?? '')).stdout).toBe('Board is revoked.\n')
    expect((await run('shares', 'list')).stdout).toMatch(/Board +page +revoked/)
  }),
)

test('what a cluster was held to and how it did are told and set from a shell', slowly, () =>
  withLine(async (run, owner) => {
    const now = await run('availability', 'main')
    expect([now.code, now.stdout]).toEqual([0, expect.stringMatching(/\S/)])
    expect(await run('availability', 'main', '--target', 'most of it', '--reason', 'x')).toMatchObject({ code: 2 })
    const set = await run('availability', 'main', '--target', '99.95', '--reason', 'as agreed', '--json')
    expect(JSON.parse(set.stdout)).toMatchObject({ cluster: 'main', target: 0.9995, stretches: [] })
    const { rows } = await owner.pool.query(`select outcome, reason from audit_event where target = 'main'`)
    expect(rows).toEqual([{ outcome: 'done', reason: 'as agreed' }])
    expect((await run('availability', 'main', '--quarter', '2026-Q1')).code).toBe(0)
    expect(await run('availability', 'never')).toMatchObject({ code: 1 })
  }),
)
