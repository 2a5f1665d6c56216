import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Operation, switchoverResultOf } from '#domain/operation/operation.ts'
import { etcdUrls, patroniUrls, scope } from '#lab/addresses.ts'
import { dropScheduled, sql, up } from '#lab/control.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { findOperation } from '#server/store/operations.ts'
import { Bench, followerOf, leaderOf, timelineOf } from './testing/bench.ts'
import type { WorkerProcess } from './testing/worker-process.ts'

let bench: Bench

beforeAll(async () => {
  await up()
  const [row] = await sql('haproxy', 'select system_identifier::text as id from pg_control_system()')
  const password = keptRestPassword()
  const rest = password === null ? null : { user: restUser, password }
  const systemIdentifier = String(row?.['id'])
  bench = await Bench.open({ scope, systemIdentifier, patroniUrls, etcdUrls, rest, sql: credentials.matriarch })
})

afterAll(() => bench[Symbol.asyncDispose]())

afterEach(({ task }) => {
  if (task.result?.state === 'fail') bench.own.keepHome()
})

beforeEach(async () => {
  await bench.startOver()
  await up()
  await dropScheduled()
})

const recorded = ['switchover.request requested', 'operations.switchover done']

test('a switchover is carried out, verified, measured and recorded', async () => {
  await using worker = await bench.startWorker('worker-1')
  const before = await bench.healthy()
  const to = followerOf(before)
  const ended = await bench.untilEnded(await bench.request(before, { candidate: to }))

  expect(ended.outcome).toContain(`Switched over to ${to}`)
  expect(ended.state).toBe('succeeded')
  expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  expect(ended.result).toMatchObject({ newLeader: to, oldLeader: leaderOf(before) })
  expect(switchoverResultOf(ended.result)?.timelineAfter).toBe(timelineOf(before) + 1)
  expect(interruptionTold(ended)).toMatch(/^(Measured: \d+ ms\. \S+ was last seen to take writes at |Not measured: \S)/)
  const details = ended.steps.map(({ name, detail }) => `${name}: ${detail}`)
  expect(details).toContain(`ask: ${to} holds the leader key.`)
  expect(details).toContain(`writable: ${to} takes writes.`)
  expect(await bench.audited(ended)).toEqual(recorded)
  expect(await sql(to, 'select pg_is_in_recovery() as recovers')).toEqual([{ recovers: false }])

  worker.kill('SIGTERM')
  expect(await endOf(worker)).toBe('exit code 0')
})

/** The interruption's length where it lies within the steps that it is of; or why there is none: a busy machine may look too seldom. */
function interruptionTold({ steps, result }: Operation): string {
  const { interruptionMs = null, interruptionBasis = null } = switchoverResultOf(result) ?? {}
  if (interruptionMs === null) return String(interruptionBasis)
  const [asked, written] = ['ask', 'writable'].map((name) => steps.find((step) => step.name === name))
  const mostMs = Number(written?.endedAt) - Number(asked?.startedAt)
  return `${interruptionMs > 100 && interruptionMs < mostMs ? 'Measured' : 'Wrong'}: ${interruptionMs} ms. ${interruptionBasis}`
}

const points = [
  'preflight:after-intent',
  'ask:before-intent',
  'ask:after-intent',
  'ask:before-send',
  'ask:in-flight',
  'ask:after-effect',
  'ask:after-outcome',
  'writable:after-effect',
  'rejoin:after-intent',
  'verify:after-effect',
  'end:before',
  'end:after',
]

test.each(points)('a worker killed at %s is followed by one that ends the switchover once', async (point) => {
  await using doomed = await bench.startWorker('worker-1', point)
  const before = await bench.healthy()
  const to = followerOf(before)
  const asked = await bench.request(before, { candidate: to })
  expect(await bench.untilDead(doomed, asked)).toBe('SIGKILL')
  await using heir = await bench.startWorker('worker-1')
  const ended = await bench.untilEnded(asked)

  expect(ended.outcome).toContain(`Switched over to ${to}`)
  expect(ended.state).toBe('succeeded')
  expect(switchoverResultOf(ended.result)?.newLeader).toBe(to)
  const after = await bench.healthy()
  expect(leaderOf(after)).toBe(to)
  expect(timelineOf(after)).toBe(timelineOf(before) + 1)
  expect(await bench.audited(ended)).toEqual(recorded)
  expect(heir.pid).not.toBe(doomed.pid)
})

test('a peer takes over, and a worker that slept through it does nothing any more', async () => {
  await using first = await bench.startWorker('worker-1')
  await using second = await bench.startWorker('worker-2')
  const bothSince = performance.now()
  await bench.healthy()
  // Only who has watched for a while judges others.
  await sleep(Math.max(0, 11_000 - (performance.now() - bothSince)))
  const before = await bench.healthy()
  const asked = await bench.request(before, { candidate: followerOf(before) })
  const executor = await executorOf(asked.id, ['worker-1', 'worker-2'])
  const [sleeper, heir] = executor === 'worker-1' ? [first, 'worker-2'] : [second, 'worker-1']
  sleeper.kill('SIGSTOP')
  await executorOf(asked.id, [heir])
  // Wherever it was stopped: what it left open the store rolls back after 4 s, so that nobody waits for its locks.
  sleeper.kill('SIGCONT')
  expect(await endOf(sleeper)).toBe('exit code 3')

  const ended = await bench.untilEnded(asked)
  expect(ended.outcome).toContain('Switched over')
  expect(ended.state).toBe('succeeded')
  expect(ended.executor).toBe(heir)
  expect(timelineOf(await bench.healthy())).toBe(timelineOf(before) + 1)
  expect(await bench.audited(ended)).toEqual(recorded)
})

function endOf(worker: WorkerProcess): Promise<string> {
  return Promise.race([worker.ended, sleep(60_000, 'alive after 60 s')])
}

function executorOf(id: string, names: string[]): Promise<string> {
  return bench.until(`${names.join(' or ')} runs the operation`, 60_000, async () => {
    const executor = (await findOperation(bench.own.store, id))?.executor ?? null
    return executor !== null && names.includes(executor) ? executor : null
  })
}

test.each(['preflight', 'ask'])(
  'a store that goes away in the step %s holds the switchover up and loses nothing',
  async (step) => {
    await using worker = await bench.startWorker('worker-1')
    const before = await bench.healthy()
    const asked = await bench.request(before, { candidate: followerOf(before) })
    await bench.until(`the step ${step} is begun`, 60_000, async () => {
      const operation = await findOperation(bench.own.store, asked.id)
      return operation?.steps.some(({ name, startedAt }) => name === step && startedAt !== null) ? operation : null
    })
    // Longer than a worker may be silent before it is taken for dead.
    await bench.own.outage(12_000)
    const ended = await bench.untilEnded(asked)

    expect(ended.outcome).toContain('Switched over')
    expect(ended.state).toBe('succeeded')
    expect(timelineOf(await bench.healthy())).toBe(timelineOf(before) + 1)
    expect(await bench.audited(ended)).toEqual(recorded)
    expect(worker.pid).toBeGreaterThan(0)
  },
)

test('a switchover is scheduled with Patroni and cancelled again', async () => {
  await using worker = await bench.startWorker('worker-1')
  const before = await bench.healthy()
  const scheduledAt = new Date(Date.now() + 3_600_000)
  const wish = { kind: 'schedule-switchover', candidate: followerOf(before), scheduledAt } as const
  const scheduled = await bench.untilEnded(await bench.request(before, wish))
  expect(scheduled.outcome).toContain(`Scheduled: ${leaderOf(before)} hands over to ${wish.candidate}`)
  expect(scheduled.state).toBe('succeeded')

  const standing = await bench.seen('the schedule', ({ scheduledSwitchover }) => scheduledSwitchover !== null)
  expect(standing.scheduledSwitchover?.to).toBe(wish.candidate)
  const cancelled = await bench.untilEnded(await bench.request(standing, { kind: 'cancel-scheduled-switchover' }))
  expect(cancelled.outcome).toBe('The scheduled switchover is cancelled: nothing is scheduled now.')
  expect(cancelled.state).toBe('succeeded')
  await bench.seen('no schedule', ({ scheduledSwitchover }) => scheduledSwitchover === null)
  expect(worker.pid).toBeGreaterThan(0)
})
