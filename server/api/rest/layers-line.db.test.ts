import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { prepareEngine } from '#server/operations/testing/seed.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const slowly = { timeout: 240_000 }

test('commands to sessions, poolers and HAProxy are planned, confirmed and refused in words', slowly, async () => {
  await using owner = await openTestStore()
  await prepareEngine(owner)
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  const clusterId = randomUUID()
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1, at: new Date(Date.now() + 30_000) })
  const line = async (role: 'operator' | 'viewer') => runWith(listener.url, await console.token(role))
  const run = await line('operator')

  // Pids are used again: without the session's beginning nothing is asked for.
  const session = ['backend', 'terminate', 'main', 'pg-node-1', '4711']
  expect(await run(session)).toMatchObject({ code: 2, stderr: expect.stringContaining('--started-at') })
  const named = [...session, '--started-at', '2026-11-26T05:00:00.123Z']
  const planned = await run(named)
  expect(planned).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was done') })
  expect(planned.stdout).toContain('only to pid 4711 that began at 2026-11-26T05:00:00.123Z')

  const paused = await run(['pooler', 'pause', 'main', '--node', 'pg-node-1', '--for', '20s'])
  expect(paused.stdout).toMatch(/After 20 s each is resumed.*No agent is enrolled on pg-node-1.*--confirm main/s)
  expect((await run(['pooler', 'pause', 'main', '--for', 'soon'])).stderr).toContain('no length of time')
  const drained = await run(['haproxy', 'drain', 'main', 'replicas', 'pg-node-1', '--yes', '--reason', 'new kernel'])
  expect(drained).toMatchObject({ code: 3, stderr: expect.stringContaining('HAProxy') })

  const asked = await run([...named, '--yes', '--reason', 'it holds up others', '--json'])
  expect(asked.stderr).toBe('')
  expect(JSON.parse(asked.stdout)).toMatchObject({
    kind: 'signal-backend',
    state: 'planned',
    plan: { pid: 4_711, backendStart: '2026-11-26T05:00:00.123Z' },
  })

  const viewer = await line('viewer')
  expect((await viewer(named)).stdout).toContain('pid 4711')
  const forbidden = await viewer([...named, '--yes', '--reason', 'to see'])
  expect(forbidden.code).not.toBe(0)
  expect(await recordsOf(owner)).toEqual([
    'haproxy.command refused',
    'backends.signal requested',
    'backends.signal refused',
  ])
})

function runWith(url: string, token: string) {
  const env = { NODE_ENV: 'test' as const, PATH: process.env['PATH'], MATRIARCH_URL: url, MATRIARCH_TOKEN: token }
  return (args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(matriarch, args, { cwd: '/', env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
      })
    })
}

async function recordsOf({ pool }: TestStore): Promise<string[]> {
  const { rows } = await pool.query<{ entry: string }>(
    `select action || ' ' || outcome as entry from audit_event order by seq`,
  )
  return rows.map(({ entry }) => entry)
}
