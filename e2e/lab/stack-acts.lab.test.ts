import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { serverIn } from '#domain/stack/only-writer.ts'
import { type NodeName, nodes } from '#lab/addresses.ts'
import { query } from '#lab/postgres.ts'
import { processesOf, signal } from '#lab/proc.ts'
import { workerPidOf } from '../console.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { enrolAll } from './enrolled-lab.ts'
import { healLab, heirsOf, leaderOf, rest } from './watched-lab.ts'

let leader: NodeName
beforeEach(async () => {
  leader = nodeNamed(leaderOf(await healLab()))
  await enrolAll()
})
/** Servers that a test drained. */
const drained: { proxy: string; server: string }[] = []
afterEach(async () => {
  for (const place of drained.splice(0)) {
    const asked = await rest.haproxy(labClusterName, { ...place, act: 'ready', reason: 'the test is over' })
    await rest.untilEnded(asked.id)
  }
})

test('a pause of all poolers ends at its limit although the worker is killed, and a client only waits', async () => {
  await write()
  const asked = await pause({ limitMs: 20_000 })
  await untilHeld(asked)
  const askedAt = performance.now()
  const written = write(60_000)
  const killed = workerPidOf(inject('console').pid)
  if (killed === null) throw new Error('The console has no worker.')
  process.kill(killed, 'SIGKILL')
  await written
  expect(performance.now() - askedAt).toBeGreaterThan(5_000)
  const ended = await rest.untilEnded(asked.id)
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(toldBy(ended)).toContain(`${leader} was resumed at the limit`)
})

test('a pause whose own processes are killed is resumed by the agent of that node', async () => {
  await write()
  const asked = await pause({ node: leader, limitMs: 20_000 })
  await untilHeld(asked)
  const written = write(60_000)
  const askedAt = performance.now()
  const held = processesOf(leader).filter(({ pid }) => isOfPause(commandOf(pid), asked.id))
  expect(held.length).toBeGreaterThanOrEqual(2)
  for (const one of held) signal(one, 'SIGKILL')
  await written
  expect(performance.now() - askedAt).toBeLessThan(15_000)
  const ended = await rest.untilEnded(asked.id)
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(toldBy(ended)).toContain(`${leader} was resumed by its agent`)
})

test('whoever resumes ends a pause, beside whatever else is asked of the layers', async () => {
  await write()
  const asked = await pause({ limitMs: 20_000 })
  await untilHeld(asked)
  const resumed = await rest.poolers(labClusterName, { act: 'resume', reason: 'clients must go on' })
  expect(await rest.untilEnded(resumed.id)).toMatchObject({ state: 'succeeded' })
  await write()
  const ended = await rest.untilEnded(asked.id)
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(toldBy(ended)).toContain(`${leader} was resumed by somebody`)
})

test('a session is terminated under its own beginning alone, and its client is told', async () => {
  const broken = query({ host: leader, role: 'app', statement: 'select pg_sleep(211)', timeoutMs: 240_000 }).then(
    () => null,
    String,
  )
  // It is listed once it has run for 30 s.
  const { pid, backendStart } = await until({ what: 'the session is listed', timeoutMs: 90_000 }, async () => {
    const member = (await rest.stack(labClusterName))?.members.find(({ name }) => name === leader)
    const found = member?.postgres?.value?.longSessions ?? []
    return found.find(({ query: text }) => text?.includes('pg_sleep(211)')) ?? null
  })
  const wish = { member: leader, pid, act: 'terminate', reason: 'it holds up others' } as const
  const other = new Date(backendStart.getTime() - 1_000)
  const missed = await rest.signal(labClusterName, { ...wish, backendStart: other })
  const refused = await rest.untilEnded(missed.id)
  expect(refused).toMatchObject({ state: 'refused', outcome: expect.stringContaining('has ended by itself') })
  const statement = `select 1 from pg_stat_activity where pid = ${pid}`
  expect(await query({ host: leader, role: 'postgres', statement })).toHaveLength(1)

  const meant = await rest.signal(labClusterName, { ...wish, backendStart })
  expect(await rest.untilEnded(meant.id)).toMatchObject({ state: 'succeeded' })
  expect(await broken).toContain('terminating connection due to administrator command')
  expect(await query({ host: leader, role: 'postgres', statement })).toHaveLength(0)
})

test('a replica is drained in HAProxy and made ready; the only server for writes needs its name', async () => {
  const [server = ''] = heirsOf(await healLab())
  const place = { proxy: 'replicas', server }
  const asked = await rest.haproxy(labClusterName, { ...place, act: 'drain', reason: 'new kernel' })
  drained.push(place)
  expect(await rest.untilEnded(asked.id)).toMatchObject({ state: 'succeeded' })
  await untilAdmin(place, 'drain')
  const again = await rest.haproxy(labClusterName, { ...place, act: 'ready', reason: 'the kernel runs' })
  expect(await rest.untilEnded(again.id)).toMatchObject({ state: 'succeeded' })
  await untilAdmin(place, 'ready')
  drained.length = 0

  const writer = { proxy: 'primary', server: leader, act: 'drain', reason: 'by mistake' } as const
  await expect(rest.haproxy(labClusterName, writer)).rejects.toThrow(`primary/${leader}`)
  await write()
})

function pause(wish: { node?: string; limitMs: number }): Promise<Operation> {
  return rest.poolers(labClusterName, {
    act: 'pause',
    ...wish,
    reason: 'the lab test holds clients back',
    confirm: labClusterName,
  })
}

/** Until every pooler that is meant stands still. */
async function untilHeld({ id }: Operation): Promise<void> {
  const found = await until({ what: 'clients are held back', timeoutMs: 60_000, everyMs: 50 }, async () => {
    const operation = await rest.operation(id)
    const hold = operation.steps.find(({ name }) => name === 'hold')
    return hold?.state === 'running' || isEnded(operation.state) ? operation : null
  })
  expect(found.state).toBe('running')
}

/** As an application does, through HAProxy and the leader's pooler. */
async function write(timeoutMs = 10_000): Promise<void> {
  const statement = 'create temporary table if not exists held (n int) on commit drop'
  await query({ host: 'haproxy', role: 'app', statement, timeoutMs })
}

async function untilAdmin(place: { proxy: string; server: string }, admin: 'drain' | 'ready'): Promise<void> {
  await until({ what: `${place.server} shows as ${admin}`, timeoutMs: 60_000 }, async () => {
    const detail = (await rest.stack(labClusterName))?.haproxy?.value
    return detail ? serverIn(detail, place)?.admin === admin : false
  })
}

function toldBy({ steps }: Operation): string {
  return steps.map(({ detail }) => detail ?? '').join(' ')
}

function nodeNamed(name: string): NodeName {
  const node = nodes.find((one) => one === name)
  if (node === undefined) throw new Error(`The lab has no node ${name}.`)
  return node
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** What runs the job, and what it runs: as sudo and as the Postgres user. */
function isOfPause(command: string, operation: string): boolean {
  return command.includes('run-verb pooler-pause') || (/\bjob\b/.test(command) && command.includes(operation))
}
