import { expect, test } from 'vitest'
import type { Grant } from '#domain/people/grant.ts'
import type { FeedMessage, FleetRow } from '#domain/fleet/view.ts'
import { Sight } from './sight.ts'

const prod: Grant = { role: 'viewer', scope: { kind: 'label', label: 'prod' } }
const all: Grant = { role: 'viewer', scope: { kind: 'all' } }
const now = new Date()

test('a message of which all may be seen stays the very object that others are given', () => {
  const message = fleet([row('a', 'prod'), row('b', 'test')])
  expect(new Sight([all]).narrow(message)).toBe(message)
})

test('of the fleet only what carries the label is told', () => {
  const sight = new Sight([prod])
  expect(ids(sight.narrow(fleet([row('a', 'prod'), row('b', 'test')])))).toEqual([['a'], []])
  expect(sight.narrow(fleet([row('b', 'test')]))).toBeNull()
  expect(sight.narrow(fleet([], ['b']))).toBeNull()
})

test('a cluster that loses the label is told as removed, once', () => {
  const sight = new Sight([prod])
  sight.narrow(fleet([row('a', 'prod')]))
  expect(ids(sight.narrow(fleet([row('a', 'test')])))).toEqual([[], ['a']])
  expect(sight.narrow(fleet([row('a', 'test')]))).toBeNull()
})

test('other grants show what was hidden and take away what was seen', () => {
  const rows = [row('a', 'prod'), row('b', 'test')]
  const sight = new Sight([prod])
  sight.narrow(fleet(rows))
  expect(sight.change([prod], rows, now)).toBeNull()
  expect(ids(sight.change([{ role: 'viewer', scope: { kind: 'cluster', clusterId: 'b' } }], rows, now))).toEqual([
    ['b'],
    ['a'],
  ])
})

function fleet(rows: FleetRow[], removed: string[] = []): FeedMessage {
  return { kind: 'fleet', rows, removed, serverNow: now }
}

function ids(message: FeedMessage | null) {
  return message?.kind === 'fleet' ? [message.rows.map(({ clusterId }) => clusterId), message.removed] : null
}

function row(clusterId: string, label: string): FleetRow {
  return {
    clusterId,
    name: clusterId,
    labels: [label],
    level: 'healthy',
    sentence: '',
    leader: null,
    members: [],
    worstLagBytes: null,
    lastBackup: null,
    seenAt: null,
    activeOperation: null,
    alerts: { critical: 0, warning: 0, coming: null },
    incidents: { open: 0, critical: 0, worst: null },
  }
}
