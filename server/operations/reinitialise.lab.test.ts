import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { etcdUrls, patroniUrls, scope } from '#lab/addresses.ts'
import { dropScheduled, sql, up } from '#lab/control.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { nodeNamed } from '#lab/names.ts'
import { dataFolder } from '#lab/paths.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { requestReinitialise } from './request/request-reinitialise.ts'
import { Bench, followerOf, leaderOf, timelineOf } from './testing/bench.ts'

let bench: Bench
const markers: string[] = []

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
  for (const marker of markers.splice(0)) rmSync(marker, { force: true })
})

beforeEach(async () => {
  await bench.startOver()
  await up()
  await dropScheduled()
})

function askFor(before: Snapshot, member: string): Promise<Operation> {
  return requestReinitialise(bench.own.web, {
    actor: bench.own.operator,
    cluster: bench.cluster,
    wish: { member, force: false },
    agents: [],
    stack: null,
    reason: 'the test copies it anew',
    confirm: member,
    expected: {
      leader: leaderOf(before),
      timeline: timelineOf(before),
      systemIdentifier: before.systemIdentifier,
    },
    idempotencyKey: randomUUID(),
  })
}

/** A file in the member's data folder that no copy brings along, owned as all is there: pg_rewind fails on what it may not write. */
function leaveMarker(member: string): string {
  const folder = dataFolder(nodeNamed(member))
  const marker = join(folder, `marker-${randomUUID()}`)
  writeFileSync(marker, 'of the old data')
  const { uid, gid } = statSync(folder)
  chownSync(marker, uid, gid)
  markers.push(marker)
  return marker
}

async function startOf(member: string): Promise<unknown> {
  return sql(member, 'select pg_postmaster_start_time()::text as at')
}

const recorded = ['replicas.reinitialise requested', 'operations.reinitialise done']

test('a replica is copied anew: its old data is gone, it streams again, and the leader is untouched', async () => {
  await using worker = await bench.startWorker('worker-1')
  const before = await bench.healthy()
  const leader = leaderOf(before)
  const member = followerOf(before)
  const marker = leaveMarker(member)
  const leaderStarted = await startOf(leader)
  const memberStarted = await startOf(member)
  const ended = await bench.untilEnded(await askFor(before, member))

  expect(ended.outcome).toContain(`${member} was copied anew`)
  expect(ended.outcome).toContain(`it streams from ${leader} on timeline ${timelineOf(before)}.`)
  expect(ended.state).toBe('succeeded')
  expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  expect(existsSync(marker)).toBe(false)
  expect(await startOf(member)).not.toEqual(memberStarted)
  expect(await sql(member, 'select pg_is_in_recovery() as recovers, status from pg_stat_wal_receiver')).toEqual([
    { recovers: true, status: 'streaming' },
  ])
  expect(await startOf(leader)).toEqual(leaderStarted)
  const after = await bench.healthy()
  expect([leaderOf(after), timelineOf(after)]).toEqual([leader, timelineOf(before)])
  expect(await bench.audited(ended)).toEqual(recorded)
  expect(worker.pid).toBeGreaterThan(0)
})

test('the leader is refused, and nothing is sent', async () => {
  await using worker = await bench.startWorker('worker-1')
  const before = await bench.healthy()
  const leader = leaderOf(before)
  const marker = leaveMarker(leader)
  const started = await startOf(leader)
  await expect(askFor(before, leader)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(`${leader} leads: only a replica is copied anew.`),
  })
  const { rows } = await bench.own.store.pool.query('select 1 from operation where ended_at is null')
  expect(rows).toEqual([])
  expect(existsSync(marker)).toBe(true)
  expect(await startOf(leader)).toEqual(started)
  expect(worker.pid).toBeGreaterThan(0)
})

test.each(['ask:after-outcome', 'follow:after-intent', 'end:before'])(
  'a worker killed at %s is followed by one that ends it, and nothing is sent again',
  async (point) => {
    await using doomed = await bench.startWorker('worker-1', point)
    const before = await bench.healthy()
    const member = followerOf(before)
    const asked = await askFor(before, member)
    expect(await bench.untilDead(doomed, asked)).toBe('SIGKILL')
    // What a second request would delete with the copy that the first one made.
    await bench.until('the copy is there', 120_000, async () => {
      const rows = await sql(member, 'select status from pg_stat_wal_receiver').catch(() => [])
      return rows[0]?.['status'] === 'streaming' ? rows : null
    })
    const marker = leaveMarker(member)
    await using heir = await bench.startWorker('worker-1')
    const ended = await bench.untilEnded(asked)
    expect(ended.outcome).toContain(`${member} was copied anew`)
    expect(ended.state).toBe('succeeded')
    expect(existsSync(marker)).toBe(true)
    expect(await bench.audited(ended)).toEqual(recorded)
    expect(heir.pid).not.toBe(doomed.pid)
  },
)

test('a worker killed just before it sends is followed by one that finds that nothing was deleted', async () => {
  await using doomed = await bench.startWorker('worker-1', 'ask:before-send')
  const before = await bench.healthy()
  const member = followerOf(before)
  const marker = leaveMarker(member)
  const asked = await askFor(before, member)
  expect(await bench.untilDead(doomed, asked)).toBe('SIGKILL')
  await using heir = await bench.startWorker('worker-1')
  const ended = await bench.untilEnded(asked)
  expect(ended.outcome).toContain('By what is seen nothing was deleted')
  expect(ended.state).toBe('failed')
  expect(existsSync(marker)).toBe(true)
  expect(heir.pid).not.toBe(doomed.pid)
})
