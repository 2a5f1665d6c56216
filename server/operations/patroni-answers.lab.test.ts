import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { etcdUrls, patroniUrls, scope } from '#lab/addresses.ts'
import { dropScheduled, sql, up } from '#lab/control.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { createEtcdClient } from '#server/adapters/etcd/client.ts'
import { createPatroniClient, type PatroniClient } from '#server/adapters/patroni/client.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import type { Facts } from './define.ts'
import type { SwitchoverContext } from './switchover/context.ts'
import { ask } from './switchover/ask.ts'
import { Bench, followerOf, leaderOf, timelineOf } from './testing/bench.ts'

let bench: Bench

const password = keptRestPassword()
const patroni = createPatroniClient({ user: password === null ? null : restUser, password, caPem: null })
const etcd = createEtcdClient({ urls: etcdUrls, user: null, password: null, caPem: null })

beforeAll(async () => {
  await up()
  const [row] = await sql('haproxy', 'select system_identifier::text as id from pg_control_system()')
  const rest = password === null ? null : { user: restUser, password }
  const systemIdentifier = String(row?.['id'])
  bench = await Bench.open({ scope, systemIdentifier, patroniUrls, etcdUrls, rest, sql: credentials.matriarch })
  // Looks at the cluster; the requests are sent from here.
  await bench.startWorker('worker-1')
})

afterAll(() => bench[Symbol.asyncDispose]())

afterEach(({ task }) => {
  if (task.result?.state === 'fail') bench.own.keepHome()
})

beforeEach(async () => {
  await up()
  await dropScheduled()
})

test('a request whose answer is lost is resolved by looking, and is not sent again', async () => {
  const before = await bench.healthy()
  const to = followerOf(before)
  let sent = 0
  const facts: Facts = { checkedAt: new Date() }
  const outcome = await ask(
    contextOf(before, to, facts, {
      ...patroni,
      async requestSwitchover(...order) {
        sent += 1
        void patroni.requestSwitchover(...order)
        await sleep(100)
        return { kind: 'unknown', sentence: 'The connection broke before its answer was complete.' }
      },
    }),
  )
  expect(outcome).toEqual({ kind: 'done', detail: `${to} holds the leader key.` })
  expect(facts.newLeader).toBe(to)
  expect(sent).toBe(1)
  expect(timelineOf(await bench.healthy())).toBe(timelineOf(before) + 1)
})

test('a request that got lost on the way is told as such, not as a success and not as a failure of the cluster', async () => {
  const before = await bench.healthy()
  const lost: PatroniClient = {
    ...patroni,
    requestSwitchover: () => Promise.resolve({ kind: 'unknown', sentence: 'pg-node did not answer within 60 s.' }),
  }
  const outcome = await ask(contextOf(before, followerOf(before), { checkedAt: new Date() }, lost))
  expect(outcome.kind).toBe('failed')
  expect(outcome.detail).toContain(`${leaderOf(before)} leads as before`)
  expect(timelineOf(await bench.healthy())).toBe(timelineOf(before))
})

test('a candidate that fell behind after the plan was made is refused by Patroni, and the reason is told', async () => {
  const before = await bench.healthy()
  const to = followerOf(before)
  const [receiver] = await sql(to, 'select pid from pg_stat_wal_receiver')
  const pid = Number(receiver?.['pid'])
  process.kill(pid, 'SIGSTOP')
  try {
    await sql(leaderOf(before), "select pg_logical_emit_message(false, 'test', repeat('x', 30000000))")
    // Patroni measures against the position that the leader published last, once a loop.
    await bench.seen(`${to} behind what is published`, ({ members, optimeLsn }) =>
      members.some(
        ({ name, lsn }) => name === to && lsn !== null && optimeLsn !== null && optimeLsn - lsn > 10_000_000,
      ),
    )
    const outcome = await ask(contextOf(before, to, { checkedAt: new Date() }, patroni))
    expect(outcome.detail).toMatch(new RegExp(`did not hand over\\. Probably because ${to} is .*MB behind`))
    expect(outcome.detail).toContain(`${leaderOf(before)} leads as before.`)
    expect(outcome.kind).toBe('refused')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  expect(timelineOf(await bench.healthy())).toBe(timelineOf(before))
})

test('Patroni refuses a switchover from a member that does not lead', async () => {
  const before = await bench.healthy()
  const notLeading = { ...before, leader: { name: followerOf(before), since: null, historySince: null } }
  const outcome = await ask(contextOf(notLeading, leaderOf(before), { checkedAt: new Date() }, patroni))
  expect(outcome).toEqual({
    kind: 'refused',
    detail: `Patroni refused: ${followerOf(before)} does not lead any more. ${leaderOf(before)} leads now.`,
  })
})

function contextOf(before: Snapshot, candidate: string, facts: Facts, client: PatroniClient): SwitchoverContext {
  const now = () => new Date()
  const note = (found: Facts) => void Object.assign(facts, found)
  return {
    operation: {
      id: '',
      clusterId: bench.cluster.id,
      clusterName: bench.cluster.name,
      plan: planSwitchover(before, { kind: 'switchover', candidate, scheduledAt: null, now: now() }),
      requestedBy: { id: '', name: 'Ada' },
      requestedAt: new Date(),
    },
    cluster: {
      patroni: client,
      trustedOrigins: patroniUrls,
      readKeys: (signal) => etcd.readKeys('/service', scope, signal),
      snapshot: () => latestSnapshot(bench.own.store, bench.cluster.id),
      agent: () => null,
      operation: () => Promise.resolve(null),
      runningBackup: () => Promise.resolve(null),
      dcs: null,
      backups: () => Promise.resolve(null),
      agentSights: () => Promise.resolve([]),
      sessions: () => Promise.resolve(null),
      haproxy: null,
      hurry: () => {},
      lookDeep: () => {},
      calm: () => {},
    },
    facts,
    signal: AbortSignal.timeout(150_000),
    now,
    say: () => {},
    note,
    remember: (found) => Promise.resolve(note(found)),
    fence: () => Promise.resolve(),
    commit: () => Promise.reject(new Error('This step keeps nothing in the store.')),
    renew: () => Promise.resolve(),
    forbidden: () => Promise.resolve(null),
    whyNotMoved: () => Promise.resolve(null),
    decide: () => Promise.reject(new Error('Nobody decides here.')),
    ended: [],
    cancelAskedBy: () => Promise.resolve(null),
    binding: { operation: '', step: 'ask', epoch: 1, planHash: '' },
    debugPoint: () => {},
  }
}
