import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#server/errors.ts'
import { backupStage, briskPace } from '../testing/backup-stage.ts'
import { listedBackup } from '../testing/stand-in-agent.ts'
import { ask, probe } from './ask.ts'
import { follow } from './follow.ts'
import { usualPace } from './pace.ts'
import { preflight } from './preflight.ts'
import { succeededSentence } from './result.ts'
import { verify } from './verify.ts'

const error = (code: ErrorCode) => new AppError(code, `It says ${code}.`)
const asked = { sends: 1 }

test('a backup is asked for, followed and found listed', async () => {
  const { context, agent, facts, lines } = await backupStage()
  agent.backups.push(listedBackup('20261124-030000F', 'full'))
  expect(await preflight(context)).toEqual({
    kind: 'done',
    detail: 'pg-node-3 leads, and pgBackRest runs there. Repository 1 holds 1 backup.',
  })
  expect(await ask(context, briskPace)).toEqual({ kind: 'done', detail: 'The agent on pg-node-3 has the job.' })
  expect(await follow(context, briskPace)).toEqual({ kind: 'done', detail: 'pgBackRest on pg-node-3 ended well.' })
  expect(await verify(context, briskPace)).toEqual({
    kind: 'done',
    detail: '20261125-030001F is listed in repository 1.',
  })
  expect(agent.begun).toBe(1)
  expect(lines).toContain('backup begins')
  expect(succeededSentence(facts, context.operation.plan)).toBe(
    'The full backup 20261125-030001F of postgres-cluster stands: taken in 10 min, with 12 MB copied.',
  )
})

test('nothing is asked for while its author may not, no agent is there, or the stanza is not made', async () => {
  const { context, agent } = await backupStage()
  const forbidden = { ...context, forbidden: () => Promise.resolve('Ada has no role any more that allows this.') }
  expect(await preflight(forbidden)).toMatchObject({ kind: 'refused', detail: expect.stringContaining('Ada') })
  const elsewhere = { ...context, cluster: { ...context.cluster, agent: () => null } }
  expect(await preflight(elsewhere)).toMatchObject({ kind: 'refused', detail: expect.stringContaining('No agent') })
  const operation = { ...context.operation, plan: { ...context.operation.plan, timeline: 3 } }
  expect(await preflight({ ...context, operation })).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining('timeline 3'),
  })
  expect(agent.begun).toBe(0)
}, 15_000)

test.each(['refused', 'conflict'] as const)('what the agent says no to with %s is refused', async (code) => {
  const { context, agent } = await backupStage()
  agent.faults.push({ verb: 'pgbackrest-backup', error: error(code) })
  expect(await ask(context, briskPace)).toEqual({ kind: 'refused', detail: `It says ${code}.` })
  expect(agent.begun).toBe(0)
})

test.each([
  ['got lost on its way', false],
  ['arrived, with its answer lost', true],
])('a request that %s is made good, and one job is begun', async (_, isAfterIt) => {
  const { context, agent } = await backupStage()
  agent.faults.push({ verb: 'pgbackrest-backup', error: error('timeout'), isAfterIt })
  agent.faults.push({ verb: 'job-state', error: error('unreachable') })
  expect(await ask(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(agent.begun).toBe(1)
})

test('a second request that is refused does not hide the job that the first began', async () => {
  const { context, agent } = await backupStage({ facts: asked })
  await context.cluster.agent('pg-node-3')?.ask('pgbackrest-backup', argsOf(), context.binding, context.signal)
  agent.faults.push({ verb: 'pgbackrest-backup', error: error('refused') })
  expect(await ask(context, briskPace)).toMatchObject({ kind: 'done' })
})

test('after a crash the job is attached to where there is one, and asked for where there is none', async () => {
  const { context, agent } = await backupStage({ facts: asked })
  expect(await probe(context, briskPace)).toEqual({ kind: 'not-done' })
  await ask(context, briskPace)
  expect(await probe(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(agent.begun).toBe(1)
  const { context: untouched, agent: other } = await backupStage()
  expect(await probe(untouched, briskPace)).toEqual({ kind: 'not-done' })
  expect(other.asked).toEqual([])
})

test('whether a silent agent has the job is not guessed', async () => {
  const { context, agent } = await backupStage({ facts: asked })
  for (let n = 0; n < 500; n += 1) agent.faults.push({ verb: 'job-state', error: error('unreachable') })
  expect(await probe(context, briskPace)).toMatchObject({
    kind: 'unknown',
    detail: expect.stringContaining('could not be found out: It says unreachable.'),
  })
})

test('one that was cancelled before the agent took it up is not begun', async () => {
  const { context, agent } = await backupStage({ facts: asked, cancelAskedBy: 'Bob' })
  expect(await probe(context, briskPace)).toEqual({
    kind: 'cancelled',
    detail: 'Bob cancelled it before the agent on pg-node-3 had taken it up.',
  })
  expect(agent.begun).toBe(0)
})

test('one that was cancelled before anything was sent is never sent, after a takeover neither', async () => {
  const { context, agent } = await backupStage({ cancelAskedBy: 'Bob' })
  expect(await probe(context, briskPace)).toEqual({ kind: 'not-done' })
  expect(await ask(context, briskPace)).toEqual({
    kind: 'cancelled',
    detail: 'Bob cancelled it before anything was sent.',
  })
  expect(agent.asked).toEqual([])
})

test('a request is given up for lost only when no agent can take it any more', () => {
  expect(usualPace.requestLifeMs).toBeGreaterThanOrEqual(90_000)
})

test('an agent that falls silent is waited for, and its return is told', async () => {
  const { context, agent, lines } = await backupStage()
  await ask(context, briskPace)
  for (let n = 0; n < 3; n += 1) agent.faults.push({ verb: 'job-state', error: error('unreachable') })
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(lines.filter((line) => line.startsWith('waiting for the agent'))).toHaveLength(1)
  expect(lines).toContain('the agent on pg-node-3 answers again')
})

test('one that stays silent leaves the end unknown, never failed', async () => {
  const { context, agent } = await backupStage()
  await ask(context, briskPace)
  for (let n = 0; n < 500; n += 1) agent.faults.push({ verb: 'job-state', error: error('unreachable') })
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'unknown' })
})

test('whoever takes over goes on with the line that comes next', async () => {
  const { context, lines } = await backupStage({ facts: { nextLine: 1 } })
  await ask(context, briskPace)
  await follow(context, briskPace)
  expect(lines).toContain('backup ends')
  expect(lines).not.toContain('backup begins')
})

test('every line is told before the end, in however many answers they come', async () => {
  const { context, agent, lines } = await backupStage()
  agent.run = { ...agent.run, lines: ['one', 'two', 'three', 'four', 'five'] }
  await ask(context, briskPace)
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(lines.slice(-5)).toEqual(['one', 'two', 'three', 'four', 'five'])
})

test.each([
  [50, 'refused', 'Someone else is doing it'],
  [62, 'refused', 'told to stop'],
  [82, 'failed', 'See whether archive_command works'],
])('a job that ends with error %s is %s', async (exitCode, kind, says) => {
  const { context, agent } = await backupStage()
  agent.run = { ms: 0, state: 'failed', exitCode, lines: [] }
  await ask(context, briskPace)
  expect(await follow(context, briskPace)).toMatchObject({ kind, detail: expect.stringContaining(says) })
})

test('a job that was ended from outside is told as such', async () => {
  const { context, agent } = await backupStage()
  agent.run = { ms: 0, state: 'failed', exitCode: null, lines: [] }
  await ask(context, briskPace)
  expect(await follow(context, briskPace)).toEqual({
    kind: 'failed',
    detail: 'pgBackRest on pg-node-3 did not end by itself.',
  })
})

test('of a job that nobody saw end the repository decides', async () => {
  const { context, agent } = await backupStage()
  agent.run = { ms: 0, state: 'lost', exitCode: null, lines: [] }
  await ask(context, briskPace)
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'failed' })
  agent.backups.push(listedBackup('20261125-030000F', 'full'))
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'done' })
})

test('a wish to cancel is told to the agent until it takes it, once', async () => {
  const { context, agent, lines } = await backupStage({ cancelAskedBy: 'Bob' })
  agent.run = { ...agent.run, ms: 60_000 }
  await context.cluster.agent('pg-node-3')?.ask('pgbackrest-backup', argsOf(), context.binding, context.signal)
  agent.faults.push({ verb: 'job-cancel', error: error('timeout') })
  expect(await follow(context, briskPace)).toEqual({
    kind: 'cancelled',
    detail: 'Bob cancelled it, and pgBackRest on pg-node-3 has ended. What it had copied is no backup.',
  })
  expect(agent.cancelled).toBe(1)
  expect(lines).toContain('Bob cancelled it: the agent on pg-node-3 ends pgBackRest')
})

test('of two that were made meanwhile the one that names the operation is its own', async () => {
  const { context, agent, facts } = await backupStage()
  agent.backups.push(listedBackup('20261125-030000F', 'full', context.operation.id))
  agent.backups.push(listedBackup('20261125-040000F', 'full', 'other'))
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(facts.backup?.label).toBe('20261125-030000F')
})

test('a backup stands when it is listed and whole', async () => {
  const { context, agent, facts } = await backupStage({
    plan: { type: 'incr' },
    facts: { jobLabel: '20261125-030000F' },
  })
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('no new') })
  agent.backups.push(listedBackup('20261125-030000F', 'full'))
  expect(await verify(context, briskPace)).toEqual({
    kind: 'done',
    detail: '20261125-030000F is listed. It became a full one, since there was none to build on.',
  })
  expect(facts.backup).toMatchObject({ label: '20261125-030000F', type: 'full', repository: 1 })
  facts.jobLabel = '20261125-040000F'
  agent.backups.push({ ...Object(listedBackup('20261125-040000F', 'full')), error: true })
  expect(await verify(context, briskPace)).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining('wrong checksums'),
  })
})

function argsOf() {
  const how = { startFast: true, fromStandby: false, annotation: null }
  return { stanza: 'main', repository: 1, type: 'full', ...how } as const
}
