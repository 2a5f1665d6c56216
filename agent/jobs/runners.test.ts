import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type BuiltAgent, buildAgent, writeProgram } from '#agent/testing/built-agent.ts'
import { howJobStands, isOpen } from './how-job-stands.ts'
import { bootId } from './process-identity.ts'
import { Runners } from './runners.ts'
import { journal } from './start-job.ts'

// Each begins processes of its own, and the machine may have other things to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let agent: BuiltAgent
beforeAll(async () => {
  agent = await buildAgent((config, folder) => ({
    ...config,
    patroni: { ...config.patroni, service: { ...config.patroni.service, start: [join(folder, 'slow')] } },
  }))
  await writeProgram(join(agent.folder, 'slow'), 'sleep 1')
})
afterAll(() => agent[Symbol.asyncDispose]())

const opened: Runners[] = []
afterEach(() => {
  for (const runners of opened.splice(0)) runners.close()
})

function open(change: { spareMs?: number } = {}): Runners {
  const runners = new Runners({ ownProgram: agent.program, environment: { PATH: '/usr/bin:/bin' }, ...change })
  opened.push(runners)
  return runners
}

/** The folder of a job that is journaled, and that leaves a line in its output. */
async function journaled(script = 'echo ran'): Promise<string> {
  const folder = join(agent.folder, 'jobs', randomUUID())
  await mkdir(join(agent.folder, 'jobs'), { recursive: true })
  const program = { file: '/bin/sh', argv: ['-c', script], env: { PATH: '/usr/bin:/bin' } }
  const base = { operation: randomUUID(), step: 's', verb: 'patroni-start', args: {}, deadlineMs: 20_000, input: null }
  await journal(folder, { ...base, program, acceptedAt: new Date().toISOString(), bootId: bootId() })
  return folder
}

function ended(folder: string) {
  return vi.waitFor(
    async () => {
      const standing = await howJobStands(folder, new Date())
      if (standing === null || isOpen(standing)) throw new Error('It has not ended yet.')
      return standing
    },
    { timeout: 40_000, interval: 20 },
  )
}

/** Processes of this agent that wait for a job. */
function waiting(): number[] {
  const own = [...agent.program, 'job', ''].join('\0')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(Number(name)) === own)
    .map(Number)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

const eventually = { timeout: 40_000, interval: 20 }
const oneWaits = () => vi.waitUntil(() => waiting().length === 1, eventually)
const noneWaits = () => vi.waitUntil(() => waiting().length === 0, eventually)
const whoDid = async (folder: string) => {
  await ended(folder)
  const claim: unknown = JSON.parse(readFileSync(join(folder, 'claim.json'), 'utf8'))
  return claim
}

test('a job that follows another is done by the process that waited for it', async () => {
  const runners = open()
  const [first, second] = [await journaled(), await journaled()]
  runners.start(first)
  expect((await ended(first)).state).toBe('succeeded')
  await oneWaits()
  const [pid] = waiting()
  runners.start(second)
  expect(await whoDid(second)).toMatchObject({ by: 'runner', runner: { pid } })
  expect((await ended(second)).state).toBe('succeeded')
})

test('where the process that waited is killed, its job is done all the same, and once', async () => {
  const runners = open()
  const mark = join(agent.folder, 'once.txt')
  const [first, second] = [await journaled(), await journaled(`echo run >> ${mark}`)]
  runners.start(first)
  await ended(first)
  await oneWaits()
  const [pid = 0] = waiting()
  process.kill(pid, 'SIGKILL')
  // Before this process hears that it is gone.
  runners.start(second)
  expect((await ended(second)).state).toBe('succeeded')
  expect(readFileSync(mark, 'utf8')).toBe('run\n')
  expect(await whoDid(second)).not.toMatchObject({ runner: { pid } })
})

test('what waits ends where no job comes, and when it is told to', async () => {
  const brief = open({ spareMs: 300 })
  const first = await journaled()
  brief.start(first)
  await ended(first)
  await noneWaits()
  const runners = open()
  const second = await journaled('sleep 1')
  runners.start(second)
  await oneWaits()
  runners.close()
  await noneWaits()
  // The job itself goes on.
  expect((await ended(second)).state).toBe('succeeded')
})

test('what waits ends with an agent that is killed', async () => {
  const operation = randomUUID()
  const words = ['perform', 'patroni-start', operation, 's', '{}']
  const killed = spawn(agent.program[0] ?? '', [...agent.program.slice(1), ...words])
  await once(killed.stdout, 'data')
  await oneWaits()
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  await noneWaits()
  // The job itself goes on.
  const job = await ended(join(agent.folder, 'state', 'jobs', `${operation}.s`))
  expect(job.state).toBe('succeeded')
})
