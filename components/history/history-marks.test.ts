import { expect, test } from 'vitest'
import { madeAlert, moment } from '#domain/alerts/testing/made-alert.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { historyMarks, linkOfMarks } from './history-marks.ts'

const none = { events: [], operations: [], alerts: [] }
const at = new Date('2026-11-23T12:00:00Z')
const event: StoredEvent = {
  id: 7,
  clusterId: 'c',
  clusterName: 'shop',
  operationId: null,
  kind: 'leader-changed',
  at,
  member: 'pg-1',
  severity: 'warning',
  sentence: 'pg-1 took the lead from pg-2.',
  from: 'pg-2',
  to: 'pg-1',
  sources: ['etcd'],
}
const operation: OperationRow = {
  id: 'o-1',
  kind: 'switchover',
  clusterName: 'shop',
  state: 'succeeded',
  requestedBy: 'Mara',
  reason: 'patching',
  requestedAt: at,
  endedAt: new Date(at.getTime() + 9000),
  outcome: 'pg-1 leads.',
  isBreakGlass: false,
}

test('an event is a mark as grave as itself, and leads to what happened around it', () => {
  const [mark] = historyMarks({ ...none, events: [event] })
  expect(mark).toMatchObject({ at, sentence: event.sentence, weight: 'warning' })
  expect(mark?.href).toBe('/clusters/shop/events?since=2026-11-23T11%3A59%3A00.000Z&until=2026-11-23T12%3A01%3A00.000Z')
  expect(historyMarks({ ...none, events: [{ ...event, operationId: 'o-1' }] })[0]?.href).toBe('/operations/o-1')
})

test('an operation is marked where it began and where it ended', () => {
  expect(historyMarks({ ...none, operations: [operation] }).map(({ sentence, href }) => [sentence, href])).toEqual([
    ['Switchover began, asked for by Mara.', '/operations/o-1'],
    ['pg-1 leads.', '/operations/o-1'],
  ])
  expect(historyMarks({ ...none, operations: [{ ...operation, endedAt: null, outcome: null }] })).toHaveLength(1)
})

test('several marks lead to the events of their time, one to its own page', () => {
  const marks = historyMarks({ ...none, events: [event], operations: [operation] })
  expect(linkOfMarks('shop', marks.slice(1, 2))).toBe('/operations/o-1')
  expect(linkOfMarks('shop', marks)).toBe(
    '/clusters/shop/events?since=2026-11-23T11%3A59%3A00.000Z&until=2026-11-23T12%3A01%3A09.000Z',
  )
})

test('an alert is marked as grave as it is where it began, and lightly where it ended', () => {
  const alert = madeAlert('pooling', { severity: 'critical', resolvedAt: moment(300), state: 'resolved' })
  expect(historyMarks({ ...none, alerts: [alert] })).toMatchObject([
    { at: moment(60), weight: 'critical', sort: 'alerts', sentence: 'Alert: Some pooling on pg-1: It is so.' },
    { at: moment(300), weight: 'info', sort: 'alerts', sentence: 'Alert over: Some pooling on pg-1: It is so.' },
  ])
  expect(historyMarks({ ...none, alerts: [madeAlert('pooling')] })).toHaveLength(1)
})

test('an alert that nobody was told of is no mark', () => {
  const pending = madeAlert('member', { state: 'pending', firedAt: null })
  const explained = madeAlert('member', { explainedBy: 'o-1' })
  expect(historyMarks({ ...none, alerts: [pending, explained] })).toEqual([])
})
