import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { prepareEngine } from '#server/operations/testing/seed.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))

test(
  'a replica is reinitialised on the command line only by its name typed again, and the leader never',
  { timeout: 240_000 },
  async () => {
    await using owner = await openTestStore()
    await prepareEngine(owner)
    await using console = await openTestConsole(owner)
    await using listener = await listenWith((request) => answerRest(console.services, request))
    const clusterId = randomUUID()
    await addCluster(owner, clusterId)
    await sweep(owner, { clusterId, version: 1, at: new Date(Date.now() + 30_000) })
    const run = runWith(listener.url, await console.token('operator'))
    const asked = ['reinitialise', 'main', 'pg-node-1']

    const planned = await run(asked)
    expect(planned).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was done') })
    expect(planned.stdout).toMatch(/deletes its data directory.*To confirm it, add --confirm pg-node-1/s)
    const said = ['--yes', '--reason', 'it does not follow']
    const untyped = await run([...asked, ...said])
    expect(untyped).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Type the name of the member, pg-node-1'),
    })
    const ofLeader = await run(['reinitialise', 'main', 'pg-node-3', '--confirm', 'pg-node-3', ...said])
    expect(ofLeader).toMatchObject({ code: 3, stderr: expect.stringContaining('pg-node-3 leads') })

    const begun = await run([...asked, '--force', '--confirm', 'pg-node-1', ...said, '--json'])
    expect(begun.stderr).toBe('')
    expect(JSON.parse(begun.stdout)).toMatchObject({
      kind: 'reinitialise',
      state: 'planned',
      plan: { member: 'pg-node-1', force: true },
    })
    const viewer = runWith(listener.url, await console.token('viewer'))
    expect((await viewer(asked)).stdout).toContain('deletes its data directory')
    expect((await viewer([...asked, '--confirm', 'pg-node-1', ...said])).code).not.toBe(0)
  },
)

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
