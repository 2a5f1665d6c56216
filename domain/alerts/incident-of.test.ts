import { expect, test } from 'vitest'
import type { KeptAlert, Incident } from './alert.ts'
import { placementOf, tellIncident } from './incident-of.ts'
import { madeAlert, moment } from './testing/made-alert.ts'

function incidentOf(number: number, alerts: KeptAlert[]): { incident: Incident; alerts: KeptAlert[] } {
  const told = tellIncident(alerts, moment(0))
  if (!told) throw new Error('It has no alerts.')
  const incident = {
    ...told,
    id: `i${number}`,
    number,
    clusterId: 'c',
    clusterName: 'main',
    openedAt: alerts[0]?.since ?? moment(0),
    closedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    mergedInto: null,
  }
  return { incident, alerts }
}

test('an alert of a cause that follows from another within minutes belongs to its incident', () => {
  const lead = incidentOf(1, [madeAlert('leadership', { since: moment(0) })])
  const member = madeAlert('member', { since: moment(60) })
  expect(placementOf(member, [lead])).toMatchObject({ kind: 'join', incident: { number: 1 }, merged: [] })
  expect(placementOf(madeAlert('member', { since: moment(3_600) }), [lead])).toEqual({ kind: 'open' })
  expect(placementOf(madeAlert('backup', { since: moment(60) }), [lead])).toEqual({ kind: 'open' })
})

test('a cause that stands above takes in what was open before it, and that becomes one', () => {
  const routing = incidentOf(1, [madeAlert('routing', { since: moment(0) })])
  const pooling = incidentOf(2, [madeAlert('pooling', { since: moment(10) })])
  const lead = madeAlert('leadership', { since: moment(30), severity: 'critical' })
  expect(placementOf(lead, [pooling, routing])).toMatchObject({
    kind: 'join',
    incident: { number: 1 },
    merged: [{ number: 2 }],
  })
  expect(tellIncident([...routing.alerts, lead], moment(30))).toMatchObject({
    cause: 'leadership',
    severity: 'critical',
  })
})

test('an incident tells of what still holds, as long as anything of it does, and stays as bad as its worst', () => {
  const lead = madeAlert('leadership', {
    since: moment(0),
    severity: 'critical',
    summary: 'a led',
    quietSince: moment(60),
  })
  const member = madeAlert('member', { since: moment(30), severity: 'warning', summary: 'a is lost' })
  expect(tellIncident([lead, member], moment(65))?.sentence).toContain('a led')
  const later = tellIncident([lead, member], moment(75))
  expect(later).toMatchObject({ cause: 'leadership', severity: 'critical' })
  expect(later?.sentence).toContain('a is lost')
  expect(tellIncident([lead, { ...member, quietSince: moment(70) }], moment(90))?.sentence).toContain('a led')
})

test('alerts of one cause are one incident as long as it is open, and notes make none', () => {
  const workload = incidentOf(7, [madeAlert('workload', { since: moment(0) })])
  expect(placementOf(madeAlert('workload', { since: moment(86_400) }), [workload])).toMatchObject({ kind: 'join' })
  expect(placementOf(madeAlert('member', { severity: 'info' }), [])).toEqual({ kind: 'none' })
})

test('that the console is blind follows from nothing in the cluster, that one agent is gone may', () => {
  const member = incidentOf(1, [madeAlert('member', { since: moment(0) })])
  expect(placementOf(madeAlert('console', { since: moment(30), member: null }), [member])).toEqual({ kind: 'open' })
  expect(placementOf(madeAlert('console', { since: moment(30), member: 'pg-1' }), [member])).toMatchObject({
    kind: 'join',
  })
})
