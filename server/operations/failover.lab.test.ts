import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import { switchoverResultOf } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { etcdUrls, patroniUrls, scope } from '#lab/addresses.ts'
import { dropScheduled, killNode, patronictl, sql, up } from '#lab/control.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { Bench, followerOf, leaderOf, timelineOf } from './testing/bench.ts'

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

beforeEach(async () => {
  await bench.startOver()
  await dropScheduled()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') bench.own.keepHome()
  await patronictl(['resume', scope, '--wait'])
  await up()
})

/** A cluster in pause whose leader's machine has died: its lease has ended, and nobody takes over. */
async function leaderless(): Promise<{ healthy: Snapshot; nobody: Snapshot }> {
  const healthy = await bench.healthy()
  expect(await patronictl(['pause', scope, '--wait'])).toMatchObject({ exitCode: 0 })
  await bench.seen('the pause', ({ pause }) => pause !== null)
  await killNode(leaderOf(healthy))
  const isLeaderless = ({ leader, leaderSource }: Snapshot) => leader === null && leaderSource === 'etcd'
  const nobody = await bench.seen('that nobody leads', isLeaderless)
  return { healthy, nobody }
}

test('while a leader works it is refused, and where nobody leads the named member takes writes', async () => {
  await using worker = await bench.startWorker('worker-1')
  const before = await bench.healthy()
  await expect(bench.requestFailover(before, followerOf(before))).rejects.toThrow(/switch over instead/)

  const { healthy, nobody } = await leaderless()
  const candidate = followerOf(healthy)
  const dead = leaderOf(healthy)
  await expect(bench.requestFailover(nobody, dead)).rejects.toThrow(`${dead} cannot take the lead`)
  expect(lastTimelineOf(nobody)).toBe(timelineOf(healthy))
  const ended = await bench.untilEnded(await bench.requestFailover(nobody, candidate))

  expect(ended.outcome).toContain(`Failed over to ${candidate}: it leads on timeline ${timelineOf(healthy) + 1}`)
  expect(ended.state).toBe('succeeded')
  expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
  expect(switchoverResultOf(ended.result)).toMatchObject({
    newLeader: candidate,
    oldLeader: dead,
    timelineBefore: timelineOf(healthy),
    timelineAfter: timelineOf(healthy) + 1,
  })
  expect(await bench.audited(ended)).toEqual(['failover.request requested', 'operations.failover done'])
  await sql(candidate, 'create table failover_proof as select 7 as n')
  expect(await sql(candidate, 'select n from failover_proof')).toEqual([{ n: 7 }])
  await sql(candidate, 'drop table failover_proof')

  await patronictl(['resume', scope, '--wait'])
  await up()
  const after = await bench.healthy()
  expect(leaderOf(after)).toBe(candidate)
  expect(worker.pid).toBeGreaterThan(0)
})

test('a worker killed right before it sends is followed by one that sends nothing, and says so', async () => {
  await using doomed = await bench.startWorker('worker-1', 'ask:before-send')
  const { healthy, nobody } = await leaderless()
  const candidate = followerOf(healthy)
  const asked = await bench.requestFailover(nobody, candidate)
  expect(await bench.untilDead(doomed, asked)).toBe('SIGKILL')
  await using heir = await bench.startWorker('worker-1')
  const ended = await bench.untilEnded(asked)

  expect(ended.outcome).toContain('no request stands any more')
  expect(ended.state).toBe('failed')
  const still = await bench.seen('that nobody leads still', ({ leader }) => leader === null)
  expect((await bench.untilEnded(await bench.requestFailover(still, candidate))).state).toBe('succeeded')
  expect(heir.pid).not.toBe(doomed.pid)
})

test('a worker killed while Patroni carries it out is followed by one that ends it', async () => {
  await using doomed = await bench.startWorker('worker-1', 'ask:in-flight')
  const { healthy, nobody } = await leaderless()
  const candidate = followerOf(healthy)
  const asked = await bench.requestFailover(nobody, candidate)
  expect(await bench.untilDead(doomed, asked)).toBe('SIGKILL')
  await using heir = await bench.startWorker('worker-1')
  const ended = await bench.untilEnded(asked)

  expect(ended.outcome).toContain(`Failed over to ${candidate}`)
  expect(ended.state).toBe('succeeded')
  expect(heir.pid).not.toBe(doomed.pid)
})
