import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { noon } from '#domain/judgement/golden/golden-case.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { afterTakeover } from '#domain/testing/change.ts'
import { followAll, followKept } from '#domain/testing/follow.ts'
import { poolerStack } from '#domain/testing/pooler-stack.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import { misleadingPoolers } from './misleading-poolers.ts'
import { truthTable } from './truth-table.ts'

const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const astray = (at: Date): World => ({ ...healthyWorld(at), haproxy: { primary: ['pg-node-2'], replicas: [] } })

test('what all say is told as such, with whom it was asked of and as of when', () => {
  const snapshot = last(followAll(healthyWorld(ago(2)), healthyWorld(noon)))
  const { sentence, rows } = truthTable(snapshot, null, noon)
  expect(sentence).toBe('pg-node-3 leads: 4 sources say so, and none says otherwise.')
  expect(rows.map(({ source, says, standing }) => [source, says, standing])).toEqual([
    ['leader-key', ['pg-node-3'], 'agrees'],
    ['patroni', ['pg-node-3'], 'agrees'],
    ['sql', ['pg-node-3'], 'agrees'],
    ['haproxy', ['pg-node-3'], 'agrees'],
  ])
  expect(rows.map(({ asOf }) => asOf)).toEqual([noon, noon, noon, noon])
})

test('a disagreement is found once it has lasted, and names both sides', () => {
  const looks = [ago(6), ago(4), ago(2), noon].map(astray)
  const found = followKept(...looks).map((snapshot) => kindsIn(snapshot, snapshot.takenAt))
  expect(found.map((kinds) => kinds.includes('haproxy-disagrees'))).toEqual([false, false, true, true])
  const snapshot = last(followAll(...looks))
  expect(assess(snapshot, noon).findings[0]?.sentence).toBe(
    'HAProxy sends writes to pg-node-2, which is read-only, not to the leader pg-node-3.',
  )
  expect(truthTable(snapshot, null, noon).sentence).toBe(
    "pg-node-3 leads by the leader key; HAProxy's servers that are up in primary says otherwise.",
  )
})

test('a look between that finds all well begins it anew, and so does a long time without looks', () => {
  const broken = followAll(astray(ago(6)), healthyWorld(ago(4)), astray(ago(2)), astray(noon))
  expect(kindsIn(last(broken), noon)).not.toContain('haproxy-disagrees')
  const unwatched = followAll(astray(ago(60)), astray(ago(2)), astray(noon))
  expect(kindsIn(last(unwatched), noon)).not.toContain('haproxy-disagrees')
})

test('a switchover under way is no disagreement', () => {
  const moved = (at: Date, seconds: number): World => ({
    ...afterTakeover(healthyWorld(at), seconds),
    haproxy: { primary: ['pg-node-3'], replicas: [] },
  })
  const looks = [healthyWorld(ago(10)), moved(ago(6), 2), moved(ago(4), 4), moved(ago(2), 6), moved(noon, 8)]
  const snapshot = last(followAll(...looks))
  expect(kindsIn(snapshot, noon)).not.toContain('haproxy-disagrees')
  expect(truthTable(snapshot, null, noon).rows.find(({ source }) => source === 'haproxy')?.standing).toBe('settling')
})

test('what was seen long ago neither accuses nor confirms', () => {
  const snapshot = last(followAll(...[ago(6), ago(4), ago(2), noon].map(astray)))
  const later = new Date(noon.getTime() + 60_000)
  const { rows, sentence } = truthTable(snapshot, poolerStack(snapshot, {}, noon), later)
  expect(rows.map(({ standing }) => standing)).toEqual(rows.map(() => 'unseen'))
  expect(sentence).toMatch(/^Who leads cannot be seen/)
  expect(kindsIn(snapshot, later)).toEqual(['console-stale'])
})

test('a Patroni that calls itself primary beside the leader is named, unless its view or its writes are', () => {
  const claiming = (at: Date): ClusterReadings => {
    const readings = readingsOf(healthyWorld(at))
    const members = readings.members.map((member) => {
      const { good } = member.status
      if (member.name !== 'pg-node-2' || !good) return member
      return { ...member, status: { good: { ...good, value: { ...good.value, role: 'primary' } }, problem: null } }
    })
    return { ...readings, members }
  }
  let snapshot: Snapshot | null = null
  for (const at of [ago(4), ago(2), noon]) snapshot = takeSnapshot(snapshot, claiming(at), at)
  if (!snapshot) throw new Error('There is no snapshot.')
  expect(assess(snapshot, noon).findings).toMatchObject([
    {
      kind: 'roles-differ',
      member: 'pg-node-2',
      sentence: 'Patroni on pg-node-2 says that it is the primary, but pg-node-3 holds the leader key.',
    },
  ])
})

test('a Postgres that answers for the leader and is in recovery is told as another one', () => {
  const wrong = (at: Date): ClusterReadings => {
    const readings = readingsOf(healthyWorld(at))
    const members = readings.members.map((member) => {
      const good = member.postgres?.good
      if (member.name !== 'pg-node-3' || !good) return member
      const value = { ...good.value, inRecovery: true }
      // A little older than Patroni's word, which then counts for whether it takes writes.
      return { ...member, postgres: { good: { value, observedAt: secondsBefore(at, 0.5) }, problem: null } }
    })
    return { ...readings, members }
  }
  let snapshot: Snapshot | null = null
  for (const at of [ago(4), ago(2), noon]) snapshot = takeSnapshot(snapshot, wrong(at), at)
  if (!snapshot) throw new Error('There is no snapshot.')
  expect(assess(snapshot, noon).findings).toMatchObject([{ kind: 'sql-differs', member: 'pg-node-3' }])
})

test('poolers that lead to the Postgres beside them follow nobody; the one beside the leader confirms', () => {
  const snapshot = last(followAll(healthyWorld(ago(2)), healthyWorld(noon)))
  const stack = poolerStack(snapshot, {}, noon)
  expect(misleadingPoolers(snapshot, stack, noon)).toEqual([])
  expect(poolerRows(snapshot, stack)).toEqual([
    ['pg-node-1', 'apart'],
    ['pg-node-2', 'apart'],
    ['pg-node-3', 'agrees'],
  ])
})

test('a pooler that sends a database to the former leader is found once the lead has stood, with both sides', () => {
  const watched = [
    healthyWorld(ago(60)),
    afterTakeover(healthyWorld(ago(50)), 1),
    afterTakeover(healthyWorld(noon), 51),
  ]
  const snapshot = last(followAll(...watched))
  const strayed = { 'pg-node-1': [{ name: 'orders', host: '10.0.1.12' }] }
  const stray = poolerStack(snapshot, strayed, noon)
  const [finding] = misleadingPoolers(snapshot, stray, noon)
  expect(finding).toMatchObject({
    kind: 'pooler-misleads',
    severity: 'critical',
    member: 'pg-node-1',
    sentence:
      'pgBouncer beside pg-node-1 sends orders to pg-node-3 (10.0.1.12), which has not led since 2026-11-23 11:59:09 UTC; pg-node-1 leads.',
  })
  expect(poolerRows(snapshot, stray)[0]).toEqual(['pg-node-1', 'disagrees'])
  const early = followAll(...watched.slice(0, 2))
  expect(misleadingPoolers(last(early), poolerStack(snapshot, strayed, ago(50)), ago(50))).toEqual([])
})

test('a database for reads may lead to a replica, and a name that is no member’s accuses nobody', () => {
  const snapshot = last(followAll(healthyWorld(ago(2)), healthyWorld(noon)))
  const databases = [
    { name: 'orders_ro', host: '10.0.1.10' },
    { name: 'orders', host: 'db.example.org' },
  ]
  const stack = poolerStack(snapshot, { 'pg-node-3': databases }, noon)
  expect(misleadingPoolers(snapshot, stack, noon)).toEqual([])
  // Its open connections tell where the name leads.
  const open = [{ database: 'orders', address: '10.0.1.11' }]
  const led = poolerStack(snapshot, { 'pg-node-3': databases }, noon, open)
  expect(misleadingPoolers(snapshot, led, noon)).toMatchObject([
    {
      sentence:
        'pgBouncer beside pg-node-3 sends orders to pg-node-2 (10.0.1.11), which does not lead; pg-node-3 leads.',
    },
  ])
})

function poolerRows(snapshot: Snapshot, stack: StackView) {
  const { rows } = truthTable(snapshot, stack, noon)
  return rows.filter(({ source }) => source === 'pgbouncer').map(({ member, standing }) => [member, standing])
}

function kindsIn(snapshot: Snapshot, now: Date): string[] {
  return assess(snapshot, now).findings.map(({ kind }) => kind)
}

function last(snapshots: Snapshot[]): Snapshot {
  const snapshot = snapshots.at(-1)
  if (!snapshot) throw new Error('There is no snapshot.')
  return snapshot
}
