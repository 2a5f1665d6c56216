import { expect, test } from 'vitest'
import { diff } from '#domain/snapshot/diff.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { parseClusterView } from '#server/adapters/patroni/parse-cluster.ts'
import { parseStatus } from '#server/adapters/patroni/parse-status.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { createAccess } from './access.ts'
import { Board } from './board.ts'
import { clusterWith } from './testing.ts'

const at = new Date('2026-11-23T09:28:45Z')
const hoursAgo = (hours: number): Date => new Date(at.getTime() - hours * 3_600_000)
const target = { who: 'x', system: 'Patroni', address: 'x:8008' }
const view = parseClusterView(fixture('patroni/fixtures/3.0.2-node-1-cluster.json'), target)
const status = parseStatus(fixture('patroni/fixtures/4.1.4-leader-patroni.json'), target)

function boardOf(patroniUrls: string[]): Board {
  return new Board(createAccess(clusterWith({ patroniUrls, postgresUser: 'console', poolerPort: 6432 }), {}), at)
}

function entry(board: Board, url: string) {
  const found = board.entries.get(url)
  if (found === undefined) throw new Error(`${url} is not looked at.`)
  return found
}

test('the other members are found from one, and its own name from the list', () => {
  const board = boardOf(['http://10.0.1.10:8008'])
  entry(board, 'http://10.0.1.10:8008').clusterView.put({ ok: true, observedAt: at, value: view })
  const { added } = board.revise(at)
  expect(added.map(({ name, url, isConfigured }) => [name, url, isConfigured])).toEqual([
    ['pg-node-2', 'http://10.0.1.11:8008', false],
    ['pg-node-3', 'http://10.0.1.12:8008', false],
  ])
  expect(entry(board, 'http://10.0.1.10:8008').name).toBe('pg-node-1')
  expect(board.access.names.get('http://10.0.1.11:8008')).toBe('pg-node-2')
})

test('a member configured by host name is matched by what the name resolves to', () => {
  const board = boardOf(['http://db-1.example.net:8008'])
  const configured = entry(board, 'http://db-1.example.net:8008')
  configured.addresses = new Set(['db-1.example.net', '10.0.1.10'])
  configured.clusterView.put({ ok: true, observedAt: at, value: view })
  expect(board.revise(at).added).toHaveLength(2)
  expect(configured.name).toBe('pg-node-1')
})

test('the name a member gives itself wins', () => {
  const board = boardOf(['http://10.0.1.10:8008'])
  entry(board, 'http://10.0.1.10:8008').status.put({ ok: true, observedAt: at, value: status })
  board.revise(at)
  expect(entry(board, 'http://10.0.1.10:8008').name).toBe('node-b')
})

test('a learned address that turns out to be a configured member is given up', () => {
  const board = boardOf(['http://db-1.example.net:8008'])
  const configured = entry(board, 'http://db-1.example.net:8008')
  configured.clusterView.put({ ok: true, observedAt: at, value: view })
  expect(board.revise(at).added).toHaveLength(3)
  configured.addresses = new Set(['10.0.1.10'])
  expect(board.revise(at).removed.map(({ url }) => url)).toEqual(['http://10.0.1.10:8008'])
})

test('a learned address that nobody lists any more is given up after a while', () => {
  const board = boardOf(['http://10.0.1.10:8008'])
  const first = entry(board, 'http://10.0.1.10:8008')
  first.clusterView.put({ ok: true, observedAt: at, value: view })
  board.revise(at)
  first.clusterView.put({ ok: true, observedAt: at, value: { ...view, members: view.members.slice(0, 2) } })
  const later = new Date(at.getTime() + 11 * 60_000)
  expect(board.revise(later).removed.map(({ name }) => name)).toEqual(['pg-node-3'])
})

test('a cluster that lists hundreds of members is not followed everywhere', () => {
  const board = boardOf(['http://10.0.1.10:8008'])
  const [sample] = view.members
  if (sample === undefined) throw new Error('The recorded view has members.')
  const members = Array.from({ length: 300 }, (_, i) => ({
    ...sample,
    name: `m${i}`,
    apiUrl: `http://10.9.0.${i % 250}:${8000 + i}`,
  }))
  entry(board, 'http://10.0.1.10:8008').clusterView.put({ ok: true, observedAt: at, value: { ...view, members } })
  board.revise(at)
  expect(board.entries.size).toBeLessThanOrEqual(33)
})

test('SQL and pooler are looked for on configured hosts only', () => {
  const board = boardOf(['http://10.0.1.10:8008'])
  entry(board, 'http://10.0.1.10:8008').clusterView.put({ ok: true, observedAt: at, value: view })
  board.revise(at)
  expect(board.placeOf(entry(board, 'http://10.0.1.10:8008'))).toEqual({ host: '10.0.1.10', postgresPort: 5432 })
  expect(board.placeOf(entry(board, 'http://10.0.1.11:8008'))).toBeNull()
  expect(board.access.postgresAt({ host: '10.0.1.11', port: 5432, who: 'x' })).toBeNull()
})

test('another worker that takes over tells no silence anew', () => {
  const silent = withMember(healthyWorld(at), 'pg-node-2', { rest: { problem: 'refused', since: hoursAgo(2) } })
  const etcdSilent = { ...silent, etcdDown: ['etcd-2'], haproxy: { problem: 'refused' as const, since: hoursAgo(2) } }
  const before = follow(etcdSilent)
  const endpoints = {
    patroniUrls: ['http://10.0.1.10:8008', 'http://10.0.1.11:8008', 'http://10.0.1.12:8008'],
    etcdUrls: ['http://10.0.1.20:2379', 'http://10.0.1.21:2379'],
    haproxyUrl: 'http://10.0.1.30:7000/',
  }
  const board = new Board(createAccess(clusterWith(endpoints), {}), at, before)
  expect(board.isReady(false)).toBe(false)
  const told = () => {
    const next = takeSnapshot(before, board.readings(), new Date(at.getTime() + 3000))
    expect(next.members[1]?.problem?.since).toEqual(hoursAgo(2))
    return diff(before, next).map(({ kind }) => kind)
  }
  // Nobody else has been looked at yet either.
  expect(told()).toEqual(['verdict-changed'])
  entry(board, 'http://10.0.1.11:8008').status.put({ ok: false, observedAt: at, kind: 'refused', sentence: 'x' })
  expect(told()).toEqual(['verdict-changed'])
})
