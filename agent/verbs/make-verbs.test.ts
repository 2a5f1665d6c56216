import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobState, type JobState } from '#agent/protocol/job.ts'
import { facts, logWindow } from '#agent/protocol/results.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { type BuiltAgent, buildAgent, writeProgram } from '#agent/testing/built-agent.ts'
import { machineVerbs } from './machine-verbs.ts'
import { makeVerbs } from './make-verbs.ts'
import type { Verbs } from './verbs.ts'

// Each begins processes of its own, and the machine may have other things to do.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let agent: BuiltAgent
let verbs: Verbs
beforeAll(async () => {
  agent = await buildAgent((config, folder) => ({
    ...config,
    postgres: { ...config.postgres, logFile: join(folder, 'pg.log') },
    patroni: { ...config.patroni, logFile: join(folder, 'link.log') },
  }))
  const body = `case "$*" in
  version) echo "pgBackRest 2.45" ;;
  *verify) echo "status: error"; echo "  backup: 20261125-151627F, status: manifest missing" ;;
  *restore) trap 'exit 63' TERM; echo "working"; sleep 20 & wait ;;
  *) for word in "$@"; do echo "<$word>"; done; env | sort; echo "password=abc" >&2 ;;
esac`
  await writeProgram(join(agent.folder, 'pgbackrest'), body)
  await writeFile(join(agent.folder, 'pg.log'), 'one\nhost=x password=secret\nthree\n')
  await symlink('/etc/passwd', join(agent.folder, 'link.log'))
  await writeFile(join(agent.folder, 'patroni.yml'), 'scope: demo\npostgresql:\n  password: secret\n')
  await mkdir(agent.config.postgres.dataFolder)
  verbs = await makeVerbs(agent.config, { info: () => {} }, { program: agent.program, version: '1.2.3' })
})
afterAll(async () => {
  await verbs.close()
  await agent[Symbol.asyncDispose]()
})

const read: Binding = { audience: 'a', operation: null, step: null, epoch: 0, planHash: null }
const write = (): Binding => ({ ...read, operation: randomUUID(), step: 'one', epoch: 1 })
const demo = { stanza: 'demo' }

async function ended({ operation, step }: Binding): Promise<JobState> {
  for (let tries = 0; tries < 400; tries++) {
    const args = { operation: operation ?? '', step: step ?? '', from: 0 }
    const state = jobState.parse(await verbs.perform('job-state', args, read))
    if (state.state !== 'accepted' && state.state !== 'running') return state
    await wait(25)
  }
  throw new Error('The job did not end.')
}

test('a call gives what its program says, in a bare environment', async () => {
  const answer = await verbs.perform('pgbackrest-info', demo, read)
  expect(answer).toMatchObject({ exitCode: 0, isCut: false, stderr: 'password=[hidden]\n' })
  const { stdout } = answer instanceof Object && 'stdout' in answer ? answer : { stdout: '' }
  expect(String(stdout).split('\n')).toEqual(
    expect.arrayContaining(['<--stanza=demo>', '<--output=json>', '<info>', 'LANG=C.UTF-8', 'TZ=UTC']),
  )
  expect(String(stdout)).not.toMatch(/^(HOME|USER|NODE)/m)
})

test('a job is done through run-verb, and verify is believed by its words', async () => {
  const binding = write()
  const begun = await verbs.perform('pgbackrest-verify', { ...demo, repository: 1 }, binding)
  expect(begun).toMatchObject({ verb: 'pgbackrest-verify', operation: binding.operation })
  const end = await ended(binding)
  expect(end).toMatchObject({ state: 'failed', exitCode: 0 })
  expect(end.problem).toContain('manifest missing')
})

test('a backup is annotated where pgBackRest can', async () => {
  const binding = write()
  const more = { repository: 1, type: 'full', startFast: true, fromStandby: false, annotation: 'x' } as const
  await verbs.perform('pgbackrest-backup', { ...demo, ...more }, binding)
  expect((await ended(binding)).output.lines).toContain('<--annotation=matriarch=x>')
})

test('a restore that is cancelled ends its program', async () => {
  const binding = write()
  const target = { type: 'default' } as const
  const args = { ...demo, repository: 1, set: '20261125-151627F', target, timeline: 1, action: 'promote' } as const
  await verbs.perform('pgbackrest-restore', args, binding)
  await expect(verbs.perform('pgbackrest-restore', args, write())).rejects.toMatchObject({ code: 'busy' })
  const where = { operation: binding.operation ?? '', step: 'one' }
  while (jobState.parse(await verbs.perform('job-state', { ...where, from: 0 }, read)).output.total === 0)
    await wait(25)
  expect(verbs.running()).toEqual([{ ...where, verb: 'pgbackrest-restore' }])
  expect(await verbs.perform('job-cancel', where, read)).toMatchObject({ state: 'cancelled', exitCode: 63 })
})

test('a refusal of the Postgres user is the problem of its job', async () => {
  const binding = write()
  await verbs.perform('postgres-recover-start', { port: 5999 }, binding)
  const end = await ended(binding)
  expect(end).toMatchObject({ state: 'failed', exitCode: 1 })
  expect(end.problem).toContain('no recovery.signal')
})

test('logs are told without secrets, and links are not followed', async () => {
  expect(await verbs.perform('log-tail', { log: 'postgres', lines: 2 }, read)).toEqual({
    file: join(agent.folder, 'pg.log'),
    lines: ['host=x password=[hidden]', 'three'],
    isCut: false,
  })
  const linked = verbs.perform('log-tail', { log: 'patroni', lines: 2 }, read)
  await expect(linked).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('links are not') })
  await expect(verbs.perform('log-tail', { log: 'pgbackrest', lines: 2 }, read)).rejects.toThrow('agent.toml')
})

test('facts tell what can be seen, and why the rest cannot', async () => {
  const seen = facts.parse(await verbs.perform('facts', {}, read))
  expect(seen).toMatchObject({
    agent: '1.2.3',
    node: process.version,
    pgbackrest: { stanza: 'demo', version: 'pgBackRest 2.45' },
  })
  expect(seen.patroni).toMatchObject({
    service: { exitCode: 0 },
    config: { text: expect.stringContaining('[hidden]') },
  })
  const fewer = facts.parse(await verbs.perform('facts', { withoutVersions: true }, read))
  expect(fewer.postgres).toEqual({ ...seen.postgres, programVersion: null })
  expect(fewer.pgbackrest).toEqual({ ...seen.pgbackrest, version: null })
  expect(fewer.patroni).toEqual({ ...seen.patroni, version: null })
})

test('facts tell of clients and of what is kept where that is asked for', async () => {
  const alone = facts.parse(await verbs.perform('facts', { withoutVersions: true }, read))
  expect(alone).not.toHaveProperty('clients')
  expect(alone).not.toHaveProperty('kept')
  const wanted = { withoutVersions: true, withClients: true, withKept: true } as const
  expect(facts.parse(await verbs.perform('facts', wanted, read))).toMatchObject({
    clients: { pooler: null },
    kept: { aside: [], rehearsals: [], freeBytes: expect.any(Number) },
  })
  const raw = { ...agent.config, vetoed: ['clients-state', 'data-kept'] }
  const machine = { config: raw, signal: AbortSignal.timeout(30_000), say: () => {} }
  expect(await machineVerbs.facts?.(wanted, machine)).toMatchObject({ clients: null, kept: null })
})

test('another stanza than the node’s own is refused before anything is journaled', async () => {
  await expect(verbs.perform('pgbackrest-check', { stanza: 'other' }, write())).rejects.toMatchObject({
    code: 'bad-arguments',
  })
})

test('a service verb without a program is refused', async () => {
  await expect(verbs.perform('patroni-mask', {}, write())).rejects.toThrow('names no program')
})

test('a job that belongs to no operation is refused', async () => {
  await expect(verbs.perform('postgres-stop', { mode: 'fast' }, read)).rejects.toMatchObject({ code: 'bad-request' })
})

test('a configuration that others can write is not believed', async () => {
  const path = join(agent.folder, 'config.json')
  await chmod(path, 0o666)
  await expect(verbs.perform('pgbackrest-info', demo, read)).rejects.toThrow('not to be trusted')
  await chmod(path, 0o644)
})

test('a log is told by time, from the files before it as well, and one that is not read by time says so', async () => {
  const window = { from: '2026-11-26T12:00:00.000Z', to: '2026-11-26T12:10:00.000Z' }
  const line = (at: string, text: string) => `2026-11-26 ${at} UTC [1] app@shop ${text}\n`
  const file = join(agent.folder, 'pg.log')
  const before = await readFile(file)
  try {
    await writeFile(
      `${file}.1`,
      line('11:59:00.000', 'LOG:  shutting down') + line('12:01:00.000', 'LOG:  shutting down'),
    )
    await writeFile(`${file}.2.gz`, 'no text')
    await writeFile(
      file,
      line('12:02:00.000', 'FATAL:  password authentication failed: password=hush') +
        line('12:02:00.000', 'STATEMENT:  select 1') +
        line('12:03:00.000', 'LOG:  checkpoint starting'),
    )
    expect(logWindow.parse(await verbs.perform('log-tail', { log: 'postgres', lines: 9, window }, read))).toEqual({
      file,
      entries: [
        { at: '2026-11-26T12:01:00.000Z', level: 'LOG', text: 'shutting down', times: 1 },
        {
          at: '2026-11-26T12:02:00.000Z',
          level: 'FATAL',
          text: 'password authentication failed: password=[hidden]',
          times: 1,
        },
      ],
      leftOut: 0,
      isCut: false,
      isUnderstood: true,
      lastAt: '2026-11-26T12:03:00.000Z',
    })
    const of = verbs.perform('log-tail', { log: 'recovery', lines: 9, window }, read)
    await expect(of).rejects.toThrow('not read by time')
  } finally {
    await writeFile(file, before)
  }
})
