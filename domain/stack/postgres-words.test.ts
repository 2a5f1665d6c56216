import { expect, test } from 'vitest'
import { madeLooked, madeMember, madeSilent, madeStack } from '#domain/testing/looked-made.ts'
import { madeBlocked, madeSender } from '#domain/testing/sender-made.ts'
import { madeDatabase, madePostgres } from '#domain/testing/stack-made.ts'
import { blockingTree, waitingFor } from './blocking.ts'
import type { PostgresDetail } from './postgres-detail.ts'
import { postgresSentence } from './postgres-sentence.ts'
import { postgresWorries } from './postgres-worries.ts'
import { otherSenders, replicationRows } from './replication-rows.ts'
import { settingsDiffering } from './settings-differing.ts'

const now = new Date('2026-11-26T06:00:00Z')
const old = new Date('2026-11-26T05:58:00Z')

function stackOf(leader: Partial<PostgresDetail>, seenAt = now) {
  return madeStack(now, {
    members: [
      madeMember('pg-node-1', {
        postgres: madeLooked(
          madePostgres({ senders: [madeSender('pg-node-2'), madeSender('pg-node-3')], ...leader }),
          seenAt,
        ),
      }),
      madeMember('pg-node-2', { postgres: madeLooked(madePostgres({ inRecovery: true }), now) }),
      madeMember('pg-node-3', { postgres: madeLooked(madePostgres({ inRecovery: true }), now) }),
    ],
  })
}

function said(leader: Partial<PostgresDetail>): string {
  const stack = stackOf(leader)
  const worries = postgresWorries(stack, null, now)
  return postgresSentence(stack, { snapshot: null, worries, now })
}

test('a cluster that is well is told in a sentence', () => {
  expect(said({})).toBe('pg-node-1 leads. Both replicas stream, and nobody waits for anybody.')
})

test('who holds up others is told before all else', () => {
  const blocked = [madeBlocked(1, null), madeBlocked(2, 1), madeBlocked(3, 2), madeBlocked(4, 1)]
  expect(said({ blocked, senders: [] })).toBe(
    'pg-node-1 leads. One session holds up 3 others on pg-node-1; its transaction is 4 min old.',
  )
  const [root] = blockingTree(blocked)
  expect(root && waitingFor(root)).toBe(3)
  expect(root?.waiting.map(({ session }) => session.pid)).toEqual([2, 4])
})

test('an expected member that nobody streams to is a row of its own and named', () => {
  const stack = stackOf({ senders: [madeSender('pg-node-2', { state: 'catchup' })] })
  expect(replicationRows(stack, null, now).map(({ member, state }) => [member, state])).toEqual([
    ['pg-node-2', 'catches-up'],
    ['pg-node-3', 'absent'],
  ])
  expect(said({ senders: [madeSender('pg-node-2')] })).toContain('Nobody streams to pg-node-3.')
})

test('of a source that is not seen, the last word is told as old, and nobody is called absent', () => {
  const stack = stackOf({}, old)
  const rows = replicationRows(stack, null, now).filter(({ member }) => member !== 'pg-node-1')
  expect(rows.map(({ state, seenAt }) => [state, seenAt])).toEqual([
    ['old', old],
    ['old', old],
  ])
})

test('a base backup and a subscriber are told beside the members', () => {
  const senders = [madeSender('pg-node-2', { state: 'backup' }), madeSender('warehouse'), madeSender('pg-node-3')]
  const stack = stackOf({ senders })
  const others = otherSenders(stack, replicationRows(stack, null, now), now)
  expect(others.map(({ sender }) => sender.application)).toEqual(['pg-node-2', 'warehouse'])
})

test('wraparound, slots and the archiver are told where they are near to hurt', () => {
  const slot = {
    name: 'gone',
    type: 'physical',
    database: null,
    active: false,
    temporary: false,
    walStatus: 'unreserved',
    retainedBytes: 20e9,
    safeBytes: null,
    xminAge: null,
    conflicting: null,
    invalidationReason: null,
  } as const
  const worries = postgresWorries(
    stackOf({ slots: [slot], databases: [madeDatabase('app', { xidAge: 1_400_000_000 })] }),
    null,
    now,
  )
  expect(worries.map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining('app has used 65 % of the transactions'),
    'Slot gone on pg-node-1 loses its WAL at the next checkpoint.',
  ])
})

test('where no Postgres answers, nothing is said to be well', () => {
  const stack = madeStack(now, {
    members: [madeMember('pg-node-1', { postgres: madeSilent(madePostgres(), old, 'It did not answer.') })],
  })
  expect(postgresSentence(stack, { snapshot: null, worries: [], now })).toBe(
    'Nobody leads. No Postgres tells this console of itself now.',
  )
})

test('settings that differ are told in words, and those of the node itself are not', () => {
  const setting = (value: string, unit: string | null = null) => ({
    value,
    unit,
    source: 'default',
    pendingRestart: false,
  })
  const stack = madeStack(now, {
    members: [
      madeMember('a', {
        postgres: madeLooked(
          madePostgres({
            settings: { shared_buffers: setting('16384', '8kB'), port: setting('5432'), fsync: setting('on') },
          }),
          now,
        ),
      }),
      madeMember('b', {
        postgres: madeLooked(
          madePostgres({
            settings: { shared_buffers: setting('32768', '8kB'), port: setting('5433'), fsync: setting('on') },
          }),
          now,
        ),
      }),
    ],
  })
  expect(settingsDiffering(stack)).toEqual([
    {
      name: 'shared_buffers',
      values: [
        { member: 'a', words: '134 MB' },
        { member: 'b', words: '268 MB' },
      ],
    },
  ])
})
