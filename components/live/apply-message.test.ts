import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { Clock } from '#components/time/clock.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import type { ClusterView, FeedMessage, FleetRow } from '#domain/fleet/view.ts'
import { applyMessage } from './apply-message.ts'
import type { Keys } from './keys.ts'
import { Line } from './line.ts'
import { Refresh } from './refresh.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(at)), at)
const name = snapshot.clusterName

const keys: Keys = {
  approvals: ['approvals'],
  fleet: ['fleet'],
  cluster: (cluster) => ['cluster', cluster],
  operation: (id) => ['operation', id],
  events: ['events'],
  operations: ['operations'],
  backups: ['backups'],
  alerts: ['alerts'],
  incidents: ['incidents'],
  rehearsals: ['rehearsals'],
  maintenance: ['maintenance'],
  stack: ['stack'],
}

const noIncidents = { open: 0, critical: 0, worst: null }

let queryClient: QueryClient
let said: string[]
let line: Line
let refresh: Refresh

beforeEach(() => {
  queryClient = new QueryClient()
  said = []
  line = new Line()
  refresh = new Refresh(queryClient)
})

function hear(message: FeedMessage) {
  applyMessage(message, {
    queryClient,
    keys,
    clock: new Clock(at),
    line,
    refresh,
    announce: (sentence) => said.push(sentence),
  })
}

function keepView(over: Partial<ClusterView> = {}) {
  queryClient.setQueryData(keys.cluster(name), { snapshot: null, recentEvents: [], activeOperation: null, ...over })
}

function keptView() {
  return queryClient.getQueryData<ClusterView>(keys.cluster(name))
}

const event: StoredEvent = {
  id: 7,
  clusterId: snapshot.clusterId,
  clusterName: name,
  operationId: null,
  kind: 'leader-changed',
  at,
  member: 'pg-node-1',
  severity: 'warning',
  sentence: 'pg-node-1 took the lead from pg-node-3.',
  from: 'pg-node-3',
  to: 'pg-node-1',
  sources: ['etcd'],
}

test('a snapshot replaces the one on the page', () => {
  keepView()
  hear({ kind: 'snapshot', snapshot, serverNow: at })
  expect(keptView()?.snapshot).toBe(snapshot)
})

test('a cluster nobody looks at is not made up from a message', () => {
  hear({ kind: 'snapshot', snapshot, serverNow: at })
  expect(keptView()).toBeUndefined()
})

test('a new leader is told once on the page and said aloud', () => {
  keepView()
  hear({ kind: 'event', event })
  hear({ kind: 'event', event: { ...event, id: 6, kind: 'member-lost', sentence: 'pg-node-3 was lost.' } })
  hear({ kind: 'event', event })
  expect(keptView()?.recentEvents.map(({ id }) => id)).toEqual([7, 6])
  expect(said).toContain(event.sentence)
  expect(said).not.toContain('pg-node-3 was lost.')
})

test('what was caught up with is written but not said, and lists are asked for once', () => {
  vi.useFakeTimers({ now: at })
  const invalidate = vi.spyOn(queryClient, 'invalidateQueries')
  keepView()
  for (let id = 1; id <= 20; id++)
    hear({ kind: 'event', event: { ...event, id, at: new Date(at.getTime() - 3_600_000) } })
  vi.runAllTimers()
  vi.useRealTimers()
  expect(keptView()?.recentEvents).toHaveLength(20)
  expect(said).toEqual([])
  expect(invalidate).toHaveBeenCalledTimes(1)
})

test('a cluster that turns is said aloud also where only the fleet is looked at', () => {
  const row = (level: FleetRow['level']) =>
    part<FleetRow>({ clusterId: 'a', name, level, sentence: 'Nobody leads.', incidents: noIncidents })
  queryClient.setQueryData(keys.fleet, [row('healthy')])
  hear({ kind: 'fleet', rows: [row('down')], removed: [], serverNow: at })
  expect(said).toEqual([`${name}: Nobody leads.`])
})

test('an operation holds the cluster until it has ended, and its end is said aloud', () => {
  keepView()
  const operation = part<Operation>({ id: 'o', clusterName: name, kind: 'switchover', state: 'running', outcome: null })
  hear({ kind: 'operation', operation })
  expect(keptView()?.activeOperation).toBe(operation)
  hear({ kind: 'operation', operation: { ...operation, state: 'succeeded', outcome: 'Switched over to pg-node-1.' } })
  expect(keptView()?.activeOperation).toBeNull()
  expect(queryClient.getQueryData<Operation>(keys.operation('o'))?.state).toBe('succeeded')
  expect(said).toEqual(['Switched over to pg-node-1.'])
})

test('a backup holds nothing up: its end is said aloud, and what moves the lead stays', () => {
  const moving = part<Operation>({ id: 'o', clusterName: name, kind: 'switchover', state: 'running', outcome: null })
  keepView({ activeOperation: moving })
  const backup = part<Operation>({ id: 'b', clusterName: name, kind: 'backup', state: 'running', outcome: null })
  hear({ kind: 'operation', operation: backup })
  expect(keptView()).toMatchObject({ activeOperation: moving, backupOperation: backup })
  hear({ kind: 'operation', operation: { ...backup, state: 'succeeded', outcome: 'The backup stands.' } })
  expect(keptView()).toMatchObject({ activeOperation: moving, backupOperation: null })
  expect(queryClient.getQueryData<Operation>(keys.operation('b'))?.state).toBe('succeeded')
  expect(said).toEqual(['The backup stands.'])
})

test('a rehearsal holds neither the lead nor the backups of the view', () => {
  keepView({ backupOperation: null })
  hear({
    kind: 'operation',
    operation: part<Operation>({ id: 'r', clusterName: name, kind: 'rehearsal', state: 'running' }),
  })
  expect(keptView()).toMatchObject({ activeOperation: null, backupOperation: null })
})

test('that a decision is needed is said aloud once', () => {
  keepView()
  const question = { step: 12, sentence: 'Recovery stopped before transaction 741.', ways: [], askedAt: at }
  const waiting = part<Operation>({ id: 'o', clusterName: name, kind: 'restore', state: 'waiting', question })
  hear({ kind: 'operation', operation: waiting })
  hear({ kind: 'operation', operation: { ...waiting } })
  expect(said).toEqual([`A decision is needed on ${name}. Recovery stopped before transaction 741.`])
})

test('fleet rows are replaced, added and removed by their cluster', () => {
  const row = (clusterId: string, sentence: string) => part<FleetRow>({ clusterId, sentence, incidents: noIncidents })
  queryClient.setQueryData(keys.fleet, [row('a', 'old'), row('b', 'gone')])
  hear({ kind: 'fleet', rows: [row('a', 'new'), row('c', 'added')], removed: ['b'], serverNow: at })
  expect(queryClient.getQueryData(keys.fleet)).toEqual([row('a', 'new'), row('c', 'added')])
})

test('an operation that ended before the line came up is asked for again, one that goes on is not', () => {
  const row = (activeOperation: FleetRow['activeOperation']) =>
    part<FleetRow>({ clusterId: 'a', name, activeOperation, incidents: noIncidents })
  const fleet = (one: FleetRow) => hear({ kind: 'fleet', rows: [one], removed: [], serverNow: at })
  const isOld = () => queryClient.getQueryState(keys.cluster(name))?.isInvalidated
  keepView({ activeOperation: part<Operation>({ id: 'o', clusterName: name, state: 'running' }) })
  fleet(row({ id: 'o', kind: 'switchover', requestedBy: 'Mara', since: at }))
  expect(isOld()).toBe(false)
  fleet(row(null))
  expect(isOld()).toBe(true)
})

test('a backup that may have ended before the line came up is asked for again', () => {
  const isOld = () => queryClient.getQueryState(keys.cluster(name))?.isInvalidated
  line.watch(name)
  keepView()
  hear({ kind: 'hello', serverNow: at, storeReachable: true })
  expect(isOld()).toBe(false)
  keepView({ backupOperation: part<Operation>({ id: 'b', clusterName: name, kind: 'backup', state: 'running' }) })
  hear({ kind: 'hello', serverNow: at, storeReachable: true })
  expect(isOld()).toBe(true)
})

test('a lost store is known to the page until it is back', () => {
  hear({ kind: 'store', reachable: false, sentence: 'The store does not answer.', at })
  expect(line.read()).toMatchObject({ storeReachable: false, storeSentence: 'The store does not answer.' })
  hear({ kind: 'hello', serverNow: at, storeReachable: true })
  expect(line.read()).toMatchObject({ storeReachable: true, storeSentence: null })
})

test('a critical incident of a cluster that is not looked at is said aloud', () => {
  const worst = { number: 7, severity: 'critical', sentence: 'Nobody holds the lead.', acknowledgedBy: null } as const
  const row = (critical: number) =>
    part<FleetRow>({
      clusterId: 'a',
      name,
      level: 'down',
      incidents: { open: critical, critical, worst: critical === 0 ? null : worst },
    })
  queryClient.setQueryData(keys.fleet, [row(0)])
  hear({ kind: 'fleet', rows: [row(1)], removed: [], serverNow: at })
  hear({ kind: 'fleet', rows: [row(1)], removed: [], serverNow: at })
  expect(said).toEqual([`Critical incident 7 on ${name}: Nobody holds the lead.`])
})

/** As much of a value as the test looks at. */
function part<T>(value: Partial<T>): T {
  return value as T
}
