import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/cluster.ts'
import type { Operation } from '#domain/operation.ts'
import { isEnded } from '#domain/operation.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import { etcdUrls, patroniUrls, scope } from '#lab/addresses.ts'
import { sql, up } from '#lab/control.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { findOperation } from '#server/store/operations.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { requestSwitchover } from './request.ts'
import { type OwnStore, registerCluster, startOwnStore } from './testing/own-store.ts'
import { startWorker } from './testing/worker-process.ts'

let own: OwnStore
let cluster: ClusterConfig

beforeAll(async () => {
  await up()
  own = await startOwnStore()
  cluster = await registerCluster(own.store, labDraft(), { scope, systemIdentifier: await systemIdentifier() })
})

afterAll(() => own[Symbol.asyncDispose]())

// A worker of before is still warm in the store: its name must have ended before the next test judges times.
beforeEach(async () => void (await up()))

test('a switchover is carried out, verified, measured and recorded', async () => {
  await using worker = await start('worker-1')
  const before = await healthy()
  const to = fitCandidate(before)
  const ended = await untilEnded(await request(before, to))

  expect(ended.outcome).toContain(`Switched over to ${to}`)
  expect(ended.state).toBe('succeeded')
  expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  expect(ended.result).toMatchObject({ newLeader: to, oldLeader: before.leader?.name })
  expect(ended.result?.timelineAfter).toBe(timelineOf(before) + 1)
  expect(ended.result?.interruptionMs).toBeGreaterThan(100)
  expect(ended.result?.interruptionMs).toBeLessThan(10_000)
  const lines = ended.steps.flatMap(({ output }) => output.map(({ line }) => line))
  expect(lines).toContain(`${to} holds the leader key`)
  expect(lines).toContain(`${to} takes writes`)
  await expectOneEnd(ended)
  expect(await sql(to, 'select pg_is_in_recovery() as recovers')).toEqual([{ recovers: false }])
  expect(worker.pid).toBeGreaterThan(0)
})

const points = [
  'preflight:after-intent',
  'ask:before-intent',
  'ask:after-intent',
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
  await using doomed = await start('worker-1', point)
  const before = await healthy()
  const to = fitCandidate(before)
  const asked = await request(before, to)
  expect(await doomed.ended).toBe('SIGKILL')
  await using heir = await start('worker-1')
  const ended = await untilEnded(asked)

  expect(ended.outcome).toContain(`Switched over to ${to}`)
  expect(ended.state).toBe('succeeded')
  expect(ended.result?.newLeader).toBe(to)
  const after = await healthy()
  expect(after.leader?.name).toBe(to)
  expect(timelineOf(after)).toBe(timelineOf(before) + 1)
  await expectOneEnd(ended)
  expect(heir.pid).not.toBe(doomed.pid)
})

test('a peer takes over within 12 s when a worker dies in the middle', async () => {
  await using doomed = await start('worker-1', 'ask:in-flight')
  const before = await healthy()
  // The peer must have watched for a while before it judges anybody; nor may it take the operation itself.
  await using peer = await start('worker-2')
  await sleep(11_000)
  peer.kill('SIGSTOP')
  const asked = await request(before, fitCandidate(before))
  expect(await doomed.ended).toBe('SIGKILL')
  const killedAt = performance.now()
  peer.kill('SIGCONT')
  const taken = await until(30_000, async () => {
    const operation = await findOperation(own.store, asked.id)
    return operation?.executor === 'worker-2' ? operation : null
  })
  const takeoverMs = performance.now() - killedAt
  const ended = await untilEnded(taken)

  await expectOneEnd(ended).catch(() => {}) // DEBUG
  console.log(takeoverMs) // DEBUG
  expect(takeoverMs).toBeLessThan(12_000)
  expect(ended.state).toBe('succeeded')
  expect(timelineOf(await healthy())).toBe(timelineOf(before) + 1)
  await expectOneEnd(ended)
})

async function start(workerId: string, killAt?: string) {
  const logFile = join(own.home, `${workerId}.log`)
  const kill = killAt === undefined ? {} : { killAt }
  return startWorker({ storeUrl: own.url, home: own.home, workerId, logFile, ...kill })
}

function request(before: Snapshot, candidate: string): Promise<Operation> {
  return requestSwitchover(own.web, {
    actor: own.operator,
    cluster,
    kind: 'switchover',
    candidate,
    scheduledAt: null,
    reason: 'the test moves the lead',
    confirmName: cluster.name,
    expected: {
      leader: before.leader?.name ?? '',
      timeline: timelineOf(before),
      systemIdentifier: before.systemIdentifier,
    },
    idempotencyKey: randomUUID(),
  })
}

function untilEnded({ id }: Operation): Promise<Operation> {
  return until(120_000, async () => {
    const operation = await findOperation(own.store, id)
    return operation && isEnded(operation.state) ? operation : null
  })
}

/** A fresh picture in which a leader works and two replicas could take over. */
function healthy(): Promise<Snapshot> {
  return until(60_000, async () => {
    const snapshot = await latestSnapshot(own.store, cluster.id)
    if (!snapshot || Date.now() - snapshot.takenAt.getTime() > 3_000) return null
    const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
    const followers = snapshot.members.filter(
      ({ state, timeline, receiveLag }) =>
        state === 'streaming' && timeline === leader?.timeline && typeof receiveLag === 'number' && receiveLag < 500_000,
    )
    return leader?.isWritable === true && followers.length === 2 ? snapshot : null
  })
}

function fitCandidate({ members, leader }: Snapshot): string {
  return members.find(({ name }) => name !== leader?.name)?.name ?? ''
}

function timelineOf({ members, leader }: Snapshot): number {
  return members.find(({ name }) => name === leader?.name)?.timeline ?? 0
}

async function expectOneEnd({ id }: Operation): Promise<void> {
  const op = await findOperation(own.store, id) // DEBUG
  console.log(op?.outcome, JSON.stringify(op?.result), op?.epoch, op?.steps.map((s) => `${s.title} [${s.state}] ${s.startedAt?.toISOString().slice(14)} ${s.endedAt?.toISOString().slice(14)} ${s.detail}\n${s.output.map((o) => `      ${o.at.toISOString().slice(14)} ${o.line}\n`).join('')}`).join('')) // DEBUG
  const { rows } = await own.store.pool.query(
    `select action, outcome from audit_event where operation_id = $1 order by seq`,
    [id],
  )
  expect(rows).toEqual([
    { action: 'switchover.request', outcome: 'requested' },
    { action: 'operations.switchover', outcome: 'done' },
  ])
}

async function systemIdentifier(): Promise<string> {
  const [row] = await sql('haproxy', 'select system_identifier::text as id from pg_control_system()')
  return String(row?.['id'])
}

async function until<T>(timeoutMs: number, look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    const found = await look()
    if (found !== null) return found
    await sleep(50)
  }
  throw new Error(`Not seen within ${timeoutMs / 1000} s; the worker's log is in ${own.home}.`)
}

function labDraft() {
  const restPassword = keptRestPassword()
  return {
    name: 'lab',
    labels: [],
    patroniUrls,
    patroniUser: restPassword === null ? null : restUser,
    caPem: null,
    etcdUrls,
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: null,
    haproxyUser: null,
    postgresUser: credentials.matriarch.user,
    postgresDatabase: 'postgres',
    poolerPort: null,
    secrets: {
      'postgres-password': credentials.matriarch.password,
      ...(restPassword === null ? {} : { 'patroni-password': restPassword }),
    },
  }
}
