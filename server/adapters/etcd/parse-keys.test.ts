import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseJson } from '../json.ts'
import { toKey, type KeyTable } from './key-table.ts'
import { toDcsKeys } from './parse-keys.ts'
import { rangeSchema } from './wire.ts'

const target = { who: 'etcd', system: 'etcd', address: '10.0.1.20:2379' }
const at = new Date('2026-11-23T09:00:00Z')

function tableOf(name: string, prefix: string): KeyTable {
  const reply = parseJson(fixture(`etcd/fixtures/${name}`), rangeSchema, target)
  const keys = (reply.kvs ?? []).flatMap((raw) => toKey(raw, prefix) ?? [])
  return { keys: new Map(keys.map((key) => [key.name, key])), revision: reply.header?.revision ?? '0' }
}

test('the keys of Patroni 3.0 on etcd 3.4 are understood', () => {
  const keys = toDcsKeys(tableOf('3.4.23-range.json', '/service/postgres-cluster/'), at, target)
  expect(keys).toMatchObject({
    leader: 'pg-node-3',
    leaderChangedAt: at,
    systemIdentifier: '7711293955722658643',
    config: { ttlSeconds: 30 },
    failover: null,
    sync: null,
    revision: '293',
  })
  expect(keys.members.map((member) => [member.name, member.role, member.host])).toEqual([
    ['pg-node-1', 'replica', '10.0.1.10'],
    ['pg-node-2', 'replica', '10.0.1.11'],
    ['pg-node-3', 'primary', '10.0.1.12'],
  ])
  expect(keys.optimeLsn).toBeGreaterThan(100_000_000)
  expect(keys.history).toHaveLength(2)
})

test('quorum, schedule and unreadable members of Patroni 4.1 are understood', () => {
  const keys = toDcsKeys(tableOf('3.5-patroni-4.1-range.json', '/service/demo/'), at, target)
  expect(keys).toMatchObject({
    leader: 'node-b',
    config: { synchronousMode: 'quorum', ttlSeconds: 20 },
    failover: { leader: 'node-b', candidate: 'node-a', scheduledAt: new Date('2029-12-31T22:00:00Z') },
    sync: { leader: 'node-b', syncStandbys: ['node-a', 'node-c'], quorum: 1 },
    optimeLsn: 184549816,
  })
  expect(keys.history[1]).toMatchObject({ timeline: 4, endedAt: null, newLeader: null })
  expect(keys.members[0]).toMatchObject({
    name: 'node-a',
    port: 15430,
    tags: { nofailover: true },
    patroniVersion: '4.1.4',
  })
  expect(keys.members[1]).toMatchObject({ role: 'primary', pause: true })
  expect(keys.members[2]).toMatchObject({ name: 'node-c', state: 'unknown', apiUrl: null })
})

test('without a leader key nobody leads, and an old position is read from where old Patroni keeps it', () => {
  const table: KeyTable = {
    revision: '7',
    keys: new Map([['optime/leader', { name: 'optime/leader', value: '4242', modRevision: '7' }]]),
  }
  expect(toDcsKeys(table, at, target)).toMatchObject({ leader: null, optimeLsn: 4242, members: [], history: [] })
})

test('no value of any key breaks the rest', () => {
  const name = fc.constantFrom(
    'leader',
    'initialize',
    'config',
    'status',
    'failover',
    'sync',
    'history',
    'members/a',
    'members/',
    '0/leader',
  )
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.json())
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const keys = new Map(pairs.map(([key, text]) => [key, { name: key, value: text, modRevision: '1' }]))
      expect(JSON.stringify(toDcsKeys({ keys, revision: '1' }, at, target))).not.toMatch(/\\u0000|\\ud[89a-f]/i)
    }),
  )
})
