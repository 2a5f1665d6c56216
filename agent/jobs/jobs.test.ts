import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JobState } from '#agent/protocol/job.ts'
import { type BuiltAgent, buildAgent, writeProgram } from '#agent/testing/built-agent.ts'
import { type Jobs, openJobs, type Wanted } from './jobs.ts'
import { bootId } from './process-identity.ts'

// Each begins processes of its own, and the machine may have other things to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let agent: BuiltAgent
beforeAll(async () => {
  agent = await buildAgent((config, folder) => ({
    ...config,
    patroni: { ...config.patroni, service: { ...config.patroni.service, start: [join(folder, 'slow')] } },
  }))
  await writeProgram(join(agent.folder, 'slow'), 'echo working; sleep 0.7; echo done; exit 3')
})
afterAll(() => agent[Symbol.asyncDispose]())

async function opened(name: string): Promise<{ jobs: Jobs; folder: string }> {
  const folder = join(agent.folder, name)
  const jobs = await openJobs({
    folder,
    ownProgram: agent.program,
    environment: { PATH: '/usr/bin:/bin' },
    isConflict: (one, other) => one === other,
  })
  return { jobs, folder }
}

function wanted(script: string, change: Partial<Wanted> = {}): Wanted {
  const program = { file: '/bin/sh', argv: ['-c', script], env: { PATH: '/usr/bin:/bin' } }
  const base = { operation: randomUUID(), step: 'restore', verb: 'patroni-start', args: {}, deadlineMs: 50_000 }
  return { ...base, program, input: null, ...change }
}

async function until(jobs: Jobs, job: Wanted, isIt: (state: JobState) => boolean): Promise<JobState> {
  for (let tries = 0; tries < 1_600; tries++) {
    const state = await jobs.state(job.operation, job.step, 0)
    if (isIt(state)) return state
    await wait(25)
  }
  throw new Error(`It never came so far: ${JSON.stringify(await jobs.state(job.operation, job.step, 0))}`)
}

/** The folder of a job that was accepted and not begun. */
async function journaledBy(folder: string, job: Wanted): Promise<string> {
  const own = join(folder, `${job.operation}.restore`)
  await mkdir(own)
  const journaled = { ...job, acceptedAt: new Date().toISOString(), bootId: bootId() }
  await writeFile(join(own, 'job.json'), JSON.stringify(journaled))
  return own
}

async function written(path: string): Promise<string> {
  while (!existsSync(path)) await wait(10)
  return readFile(path, 'utf8')
}

function runnerOf(own: string): ChildProcess {
  return spawn(agent.program[0] ?? '', [...agent.program.slice(1), 'job', own])
}

const hasEnded = ({ state }: JobState) => state !== 'accepted' && state !== 'running'
const isWorking = ({ output }: JobState) => output.lines.includes('working')

test('a job runs to its end, and its output and exit code are kept', async () => {
  const { jobs } = await opened('end')
  const job = wanted('echo one; echo two >&2; exit 7')
  expect(await jobs.begin(job)).toMatchObject({ state: 'accepted', output: { total: 0 } })
  const end = await until(jobs, job, hasEnded)
  expect(end).toMatchObject({ state: 'failed', exitCode: 7, signal: null })
  expect(end.output.lines.toSorted()).toEqual(['one', 'two'])
  expect(end.problem).toContain('exit code 7')
  expect(jobs.running()).toEqual([])
  await jobs.close()
})

test('whoever asks after a running job is told of its end when it comes', async () => {
  const { jobs } = await opened('held-back')
  const job = wanted('sleep 0.2')
  await jobs.begin(job)
  let asked = 0
  await until(jobs, job, ({ state }) => {
    asked++
    return state === 'succeeded'
  })
  // More than one where the machine is slow to begin it.
  expect(asked).toBeLessThan(10)
  await jobs.close()
})

test('a step asked for twice is done once', async () => {
  const { jobs } = await opened('twice')
  const mark = join(agent.folder, 'twice.txt')
  const job = wanted(`echo run >> ${mark}`)
  await Promise.all([jobs.begin(job), jobs.begin(job)])
  await until(jobs, job, hasEnded)
  expect(await jobs.begin(job)).toMatchObject({ state: 'succeeded' })
  expect(await readFile(mark, 'utf8')).toBe('run\n')
  await expect(jobs.begin({ ...job, args: { other: 1 } })).rejects.toMatchObject({ code: 'conflict' })
  await expect(jobs.begin({ ...job, verb: 'patroni-stop' })).rejects.toMatchObject({ code: 'conflict' })
  await jobs.close()
})

test('two jobs of one kind do not run at once', async () => {
  const { jobs } = await opened('busy')
  const job = wanted('echo working; sleep 20')
  await jobs.begin(job)
  await expect(jobs.begin(wanted('true'))).rejects.toMatchObject({ code: 'busy' })
  await until(jobs, job, isWorking)
  expect(jobs.running()).toEqual([{ operation: job.operation, step: 'restore', verb: 'patroni-start' }])
  expect(await jobs.cancel(job.operation, job.step)).toMatchObject({ state: 'cancelled', signal: 'SIGTERM' })
  expect(await jobs.cancel(job.operation, job.step)).toMatchObject({ state: 'cancelled' })
  await jobs.close()
})

test('a program that does not heed being cancelled is killed, with all it has started', async () => {
  const { jobs } = await opened('stubborn')
  const job = wanted(`trap '' TERM; echo working; while :; do sleep 0.2; done`)
  await jobs.begin(job)
  await until(jobs, job, isWorking)
  expect(await jobs.cancel(job.operation, job.step)).toMatchObject({ state: 'cancelled', signal: 'SIGKILL' })
  await jobs.close()
})

test('a job that takes longer than it may is ended', async () => {
  const { jobs } = await opened('deadline')
  const job = wanted('sleep 20', { deadlineMs: 200 })
  await jobs.begin(job)
  const end = await until(jobs, job, hasEnded)
  expect(end).toMatchObject({ state: 'failed' })
  expect(end.problem).toContain('took longer')
  await jobs.close()
})

test('a job outlives the agent that began it, and the next agent learns how it ended', async () => {
  const operation = randomUUID()
  const killed = spawn(agent.program[0] ?? '', [
    ...agent.program.slice(1),
    'perform',
    'patroni-start',
    operation,
    's',
    '{}',
  ])
  await once(killed.stdout, 'data')
  const claim = join(agent.folder, 'state', 'jobs', `${operation}.s`, 'claim.json')
  while (!existsSync(claim)) await wait(10)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const { jobs } = await opened('state/jobs')
  const job = wanted('', { operation, step: 's' })
  const end = await until(jobs, job, hasEnded)
  expect(end).toMatchObject({ state: 'failed', exitCode: 3, output: { lines: ['working', 'done'] } })
  await jobs.close()
})

test('a running job is found running by an agent that starts anew', async () => {
  const first = await opened('anew')
  const gate = join(agent.folder, 'gate')
  const job = wanted(`echo working; until [ -e ${gate} ]; do sleep 0.05; done; exit 4`)
  await first.jobs.begin(job)
  await until(first.jobs, job, isWorking)
  await first.jobs.close()
  const second = await opened('anew')
  expect(second.jobs.running()).toHaveLength(1)
  await writeFile(gate, '')
  expect(await until(second.jobs, job, hasEnded)).toMatchObject({ state: 'failed', exitCode: 4 })
  await second.jobs.close()
})

test('a job is lost when what ran it is killed', async () => {
  const { jobs, folder } = await opened('lost')
  const job = wanted('echo working; sleep 20')
  await jobs.begin(job)
  await until(jobs, job, isWorking)
  const own = join(folder, `${job.operation}.restore`)
  const { runner } = JSON.parse(await readFile(join(own, 'claim.json'), 'utf8'))
  const program = JSON.parse(await written(join(own, 'program.json')))
  process.kill(runner.pid, 'SIGKILL')
  await wait(50)
  // The program still works: nothing else may begin beside it.
  expect(await jobs.state(job.operation, job.step, 0)).toMatchObject({ state: 'running' })
  process.kill(-program.pid, 'SIGKILL')
  const end = await until(jobs, job, hasEnded)
  expect(end).toMatchObject({ state: 'lost', exitCode: null })
  expect(end.problem).toContain('was killed')
  await jobs.close()
})

test('a job of an earlier boot is lost', async () => {
  const { jobs, folder } = await opened('boot')
  const job = wanted('echo working; sleep 20')
  await jobs.begin(job)
  await until(jobs, job, isWorking)
  const own = join(folder, `${job.operation}.restore`)
  const path = join(own, 'claim.json')
  const text = await readFile(path, 'utf8')
  const program = JSON.parse(await written(join(own, 'program.json')))
  const earlier = (part: string) => part.replaceAll(/"bootId":"[^"]+"/g, '"bootId":"earlier"')
  await writeFile(path, earlier(text))
  await writeFile(join(own, 'program.json'), '')
  const end = await jobs.state(job.operation, job.step, 0)
  expect(end).toMatchObject({ state: 'lost' })
  expect(end.problem).toContain('started anew')
  process.kill(-program.pid, 'SIGKILL')
  await jobs.close()
})

test('a job whose output the disk does not take goes on to its end', async () => {
  const { jobs, folder } = await opened('full')
  const mark = join(agent.folder, 'full.txt')
  const job = wanted(`echo one; sleep 2; echo two; echo run > ${mark}`)
  const own = await journaledBy(folder, job)
  await symlink('/dev/full', join(own, 'output-0'))
  expect(await once(runnerOf(own), 'exit')).toEqual([0, null])
  const end = await jobs.state(job.operation, job.step, 0)
  expect(end).toMatchObject({ state: 'succeeded', output: { from: 1, lines: ['two'], total: 2 } })
  expect(await readFile(mark, 'utf8')).toBe('run\n')
  await jobs.close()
})

test('the end of a job is written as soon as it can be', async () => {
  const { jobs, folder } = await opened('late-end')
  const job = wanted('echo one')
  const own = await journaledBy(folder, job)
  // A folder in the place of a file: nothing can be written there.
  for (const part of ['program.json', 'end.json']) await mkdir(join(own, part))
  const runner = runnerOf(own)
  while (!existsSync(join(own, 'output-0'))) await wait(10)
  await wait(500)
  expect(runner.exitCode).toBeNull()
  for (const part of ['program.json', 'end.json']) await rmdir(join(own, part))
  expect(await once(runner, 'exit')).toEqual([0, null])
  expect(await jobs.state(job.operation, job.step, 0)).toMatchObject({ state: 'succeeded', exitCode: 0 })
  expect((await readdir(own)).filter((name) => name.endsWith('.new'))).toEqual([])
  await jobs.close()
})

test('a job that an agent did not come to begin is never begun', async () => {
  const { jobs, folder } = await opened('unbegun')
  await jobs.close()
  const mark = join(agent.folder, 'unbegun.txt')
  const job = wanted(`echo run > ${mark}`)
  const own = await journaledBy(folder, job)
  const next = await opened('unbegun')
  const end = await next.jobs.state(job.operation, job.step, 0)
  expect(end).toMatchObject({ state: 'lost', startedAt: null })
  expect(end.problem).toContain('nothing was done')
  expect(await once(runnerOf(own), 'exit')).toEqual([1, null])
  expect(existsSync(mark)).toBe(false)
  await next.jobs.close()
})

test('an ended job is forgotten after a month', async () => {
  const { jobs, folder } = await opened('old')
  const job = wanted('true')
  await jobs.begin(job)
  await until(jobs, job, hasEnded)
  const path = join(folder, `${job.operation}.restore`, 'end.json')
  const end = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...end, at: new Date(Date.now() - 31 * 86_400_000).toISOString() }))
  await utimes(path, 0, 0)
  await jobs.close()
  const next = await opened('old')
  expect(await readdir(folder)).toEqual([])
  await expect(next.jobs.state(job.operation, job.step, 0)).rejects.toMatchObject({ code: 'not-found' })
  await next.jobs.close()
})

test('secrets do not reach the output', async () => {
  const { jobs } = await opened('secrets')
  const job = wanted('echo "--repo1-cipher-pass=abc host=x password=def"')
  await jobs.begin(job)
  const end = await until(jobs, job, hasEnded)
  expect(end.output.lines).toEqual(['--repo1-cipher-pass=[hidden] host=x password=[hidden]'])
  await jobs.close()
})

test('a program that is not there fails the job', async () => {
  const { jobs } = await opened('absent')
  const job = wanted('', { program: { file: '/nowhere/program', argv: [], env: {} } })
  await jobs.begin(job)
  expect(await until(jobs, job, hasEnded)).toMatchObject({ state: 'failed', exitCode: null })
  await jobs.close()
})

test('only while a job is open is it looked for by itself', async () => {
  const begun = vi.spyOn(globalThis, 'setInterval')
  const ended = vi.spyOn(globalThis, 'clearInterval')
  try {
    const { jobs } = await opened('resting')
    expect(begun).not.toHaveBeenCalled()
    const job = wanted('sleep 0.2')
    await jobs.begin(job)
    expect(begun).toHaveBeenCalledOnce()
    await vi.waitUntil(() => jobs.running().length === 0, { timeout: 20_000 })
    expect(ended).toHaveBeenCalledOnce()
    await jobs.close()
  } finally {
    begun.mockRestore()
    ended.mockRestore()
  }
})
