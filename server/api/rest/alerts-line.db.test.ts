import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { World } from '#domain/testing/world.ts'
import { createLog } from '#server/log.ts'
import { AlertEngine } from '#server/alerts/engine.ts'
import { TestCluster } from '#server/alerts/testing/watched.ts'
import { takeLeases } from '#server/store/leases.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { addCluster } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const log = createLog('test')
log.level = 'silent'

test(
  'alerts and incidents are listed, shown, acknowledged and silenced from a shell',
  { timeout: 240_000 },
  async () => {
    await using owner = await openTestStore()
    await using console = await openTestConsole(owner)
    await using listener = await listenWith((request) => answerRest(console.services, request))
    const clusterId = randomUUID()
    await addCluster(owner, clusterId)
    await takeLeases(owner, { executorId: 'w1', clusterIds: [clusterId], ttlMs: 600_000 })
    const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('operator') }
    const run = (args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
      new Promise((resolve) => {
        const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
        execFile(matriarch, args, options, (error, stdout, stderr) => {
          const code = error === null ? 0 : error.code
          resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
        })
      })
    const cluster = new TestCluster(clusterId)
    const watched = () => [cluster]
    const signal = new AbortController().signal
    const engine = new AlertEngine({ store: owner, executorId: 'w1', watched, onChanges: null, log, signal })
    const begin = Date.now() - 90_000
    for (let ms = 0; ms <= 90_000; ms += 10_000) {
      cluster.look(new Date(begin + ms), (world: World) => ({ ...world, leader: null, haproxy: 'none' }))
      await engine.lookAtAll(new Date(begin + ms))
    }

    const silenced = await run(['alerts', 'silence', '--cluster', 'main', '--for', '2h', '--reason', 'we know'])
    expect([silenced.code, silenced.stdout]).toEqual([0, expect.stringContaining('Silent until')])
    const listed = await run(['alerts', 'list', 'main'])
    expect(listed.stdout).toMatch(
      /critical\s+firing\s+main\s+Nobody holds the lead\. Last known leader: unknown\. \(silent until/,
    )
    const told = await run(['alerts', 'list', '--json'])
    expect(JSON.parse(told.stdout)).toMatchObject({ alerts: [{ ruleId: 'no-leader' }], standingStill: [] })
    expect((await run(['alerts', 'ack', '1'])).stdout).toContain('Incident 1 is yours.')
    expect((await run(['alerts', 'ack', '1'])).code).toBe(3)
    expect((await run(['incidents', 'list', '--open'])).stdout).toMatch(/1\s+.*open\s+critical\s+main/)
    expect((await run(['incidents', 'show', '1'])).stdout).toContain('Runbook: docs/runbooks/leader-lost.md')
    expect((await run(['incidents', 'show', '1', '--markdown'])).stdout).toContain('# Incident 1: main')
    expect((await run(['alerts', 'silence', '--for', 'ever', '--reason', 'no'])).code).toBe(2)
  },
)
