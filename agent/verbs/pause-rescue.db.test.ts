import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { howJobStands, type Standing } from '#agent/jobs/how-job-stands.ts'
import { jobState } from '#agent/protocol/job.ts'
import { isLetGo, pausedLine, rescuedLine } from '#agent/protocol/pooler.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { type BuiltAgent, buildAgent } from '#agent/testing/built-agent.ts'
import { type TestPooler, testPooler } from '#agent/testing/test-pooler.ts'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { makeVerbs } from './make-verbs.ts'
import type { Verbs } from './verbs.ts'

vi.setConfig({ testTimeout: 60_000 })

let postgres: TestPostgres
let pooler: TestPooler
let agent: BuiltAgent

beforeAll(async () => {
  postgres = await testPostgres()
  await postgres.start([])
  pooler = await testPooler(postgres, ['orders'])
  const { postgres: own, pgbouncer } = pooler.machine.config
  agent = await buildAgent((config) => ({ ...config, postgres: own, pgbouncer }))
})
afterAll(async () => {
  pooler.stop()
  await agent[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

const open = () => makeVerbs(agent.config, { info: () => {} }, { program: agent.program })
const wish = { drainMs: 5_000, limitMs: 60_000 }
const binding = (): Binding => ({ audience: 'a', operation: randomUUID(), step: 'pause', epoch: 1, planHash: null })

async function stateOf(verbs: Verbs, { operation, step }: Binding) {
  const args = { operation: operation ?? '', step: step ?? '', from: 0 }
  return jobState.parse(await verbs.perform('job-state', args, { ...binding(), operation: null, step: null }))
}

/** Begins a pause and waits until clients are held back. */
async function paused(verbs: Verbs, database: string | null): Promise<Binding> {
  const bound = binding()
  await verbs.perform('pooler-pause', { database, ...wish }, bound)
  const isPaused = async () => (await stateOf(verbs, bound)).output.lines.some((line) => line.startsWith(pausedLine))
  await expect.poll(isPaused, { timeout: 60_000 }).toBe(true)
  return bound
}

/** Kills what runs the job, and the program that it runs. */
async function kill({ operation, step }: Binding): Promise<Standing> {
  const standing = await howJobStands(join(agent.config.stateFolder, 'jobs', `${operation}.${step}`), new Date())
  if (!standing?.runner || !standing.program) throw new Error('The pause does not run.')
  process.kill(standing.program.pid, 'SIGKILL')
  process.kill(standing.runner.pid, 'SIGKILL')
  return standing
}

test.each([null, 'orders'])(
  'a pause of %s whose processes are killed is resumed by the agent at once',
  async (database) => {
    const verbs = await open()
    const bound = await paused(verbs, database)
    await kill(bound)
    const waiting = pooler.ask('orders')
    const lines = async () => (await stateOf(verbs, bound)).output.lines
    await expect.poll(lines, { timeout: 60_000 }).toContainEqual(expect.stringContaining(rescuedLine))
    expect(await waiting).toBe('1')
    const end = await stateOf(verbs, bound)
    expect(isLetGo({ ...end, lines: end.output.lines })).toBe(true)
    await verbs.close()
  },
)

test('one that was killed together with the agent is resumed when the agent is started again', async () => {
  const before = await open()
  const bound = await paused(before, null)
  await before.close()
  await kill(bound)
  await expect(pooler.console('PAUSE')).rejects.toThrow('already suspended/paused')
  const verbs = await open()
  expect(await pooler.ask('orders')).toBe('1')
  const lines = async () => (await stateOf(verbs, bound)).output.lines
  await expect.poll(lines, { timeout: 60_000 }).toContainEqual(expect.stringContaining(rescuedLine))
  await verbs.close()

  // Once: what somebody else pauses later is theirs.
  await pooler.console('PAUSE')
  const next = await open()
  await new Promise((resolve) => {
    setTimeout(resolve, 2_000)
  })
  await expect(pooler.console('PAUSE')).rejects.toThrow('already suspended/paused')
  await pooler.console('RESUME')
  await next.close()
})

test('where what watches over it alone is killed, its program resumes by itself', async () => {
  const verbs = await open()
  const bound = await paused(verbs, 'orders')
  const standing = await howJobStands(
    join(agent.config.stateFolder, 'jobs', `${bound.operation}.${bound.step}`),
    new Date(),
  )
  process.kill(standing?.runner?.pid ?? 0, 'SIGKILL')
  expect(await pooler.ask('orders')).toBe('1')
  await verbs.close()
})
