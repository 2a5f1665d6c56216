import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import type { ClusterReadings } from './readings.ts'
import { takeSnapshot } from './snapshot-of.ts'
import type { Snapshot } from './snapshot.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const daysLater = (days: number): Date => new Date(noon.getTime() + days * 86_400_000)

/** What a console reads that is given pg-node-3 alone, of a cluster that lists these besides. */
function listing(at: Date, names: string[]): ClusterReadings {
  const readings = readingsOf({ ...healthyWorld(at), etcd: 'none' })
  const [sample] = readings.members[2]?.clusterView.good?.value.members ?? []
  const members = readings.members.slice(2).map((member) => {
    const view = member.clusterView.good
    if (!view || !sample) throw new Error('A healthy member gives a view.')
    const own = view.value.members.filter(({ name }) => name === 'pg-node-3')
    const others = names.map((name) => ({ ...sample, name, apiUrl: `http://${name}:8008/patroni`, host: name }))
    return {
      ...member,
      clusterView: { ...member.clusterView, good: { ...view, value: { ...view.value, members: [...own, ...others] } } },
    }
  })
  return { ...readings, members, haproxy: null }
}

const namesOf = (snapshot: Snapshot): string[] => snapshot.members.map(({ name }) => name)

test('answers that list ever new names do not fill the roster', () => {
  let snapshot: Snapshot | null = null
  for (let sweep = 0; sweep < 20; sweep++) {
    const at = new Date(noon.getTime() + sweep * 2000)
    const invented = Array.from({ length: 400 }, (_, index) => `invented-${sweep}-${index}`)
    snapshot = takeSnapshot(snapshot, listing(at, invented), at)
  }
  expect(snapshot?.members).toHaveLength(100)
  expect(snapshot && namesOf(snapshot)).toContain('pg-node-3')
})

test('of those that have gone the oldest are forgotten first', () => {
  const first = takeSnapshot(null, listing(noon, ['old']), noon)
  const second = takeSnapshot(first, listing(daysLater(1), ['newer']), daysLater(1))
  const gone = takeSnapshot(second, listing(daysLater(2), []), daysLater(2))
  expect(namesOf(gone)).toEqual(['newer', 'old', 'pg-node-3'])
  const crowd = Array.from({ length: 98 }, (_, index) => `member-${index}`)
  const full = namesOf(takeSnapshot(gone, listing(daysLater(3), crowd), daysLater(3)))
  expect(full).toContain('newer')
  expect(full).not.toContain('old')
})

test('a member that has gone is a fault for a week and known for a month', () => {
  const there = takeSnapshot(null, listing(noon, ['taken-away']), noon)
  const judged = (days: number) => {
    const gone = takeSnapshot(there, listing(daysLater(0.1), []), daysLater(0.1))
    const snapshot = takeSnapshot(gone, listing(daysLater(days), []), daysLater(days))
    const findings = assess(snapshot, daysLater(days)).findings.filter(({ kind }) => kind === 'member-missing')
    return { names: namesOf(snapshot), severities: findings.map(({ severity }) => severity), findings }
  }
  expect(judged(6)).toMatchObject({ severities: ['warning'] })
  expect(judged(8)).toMatchObject({ names: ['pg-node-3', 'taken-away'], severities: ['info'] })
  expect(judged(8).findings[0]?.sentence).toBe(
    'taken-away has been gone for 7 d: that no longer counts as a fault, and it is forgotten after 30 d.',
  )
  expect(judged(31)).toMatchObject({ names: ['pg-node-3'], severities: [] })
})
