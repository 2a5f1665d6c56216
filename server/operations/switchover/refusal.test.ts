import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot-of.ts'
import { withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { explainRefusal } from './refusal.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const plan = { leader: 'pg-node-3', candidate: 'pg-node-1' }

test.each([
  ['pg-node-3 refused: leader name does not match.', 'Patroni refused: pg-node-3 does not lead any more.'],
  ['pg-node-3 refused: candidate does not exists.', 'Patroni refused: it knows no member pg-node-1.'],
  [
    'pg-node-3 refused: switchover is not possible: no good candidates have been found.',
    'Patroni refused: it does not reach pg-node-1, or pg-node-1 may not lead (nofailover tag, watchdog, Postgres down).',
  ],
  ['Nothing listens on 10.0.1.12:8008 (pg-node-3).', 'Nothing listens on 10.0.1.12:8008 (pg-node-3).'],
])('%j is told as %j', (said, told) => {
  expect(explainRefusal(said, plan, { snapshot: null, now })).toBe(told)
})

test('why a leader dropped the request is told from what is seen of the candidate', () => {
  const lagging = withMember(healthyWorld(now), 'pg-node-1', { lsn: 100_000_000, replayedLsn: 100_000_000 })
  const said = 'pg-node-3 refused: Switchover failed.'
  const explained = explainRefusal(said, plan, { snapshot: snapshotOf(lagging), now })
  expect(explained).toMatch(/did not hand over\. Probably because pg-node-1 .*behind/)
  expect(explainRefusal(said, plan, { snapshot: snapshotOf(healthyWorld(now)), now })).toContain('The log of Patroni')
})

function snapshotOf(world: World) {
  return takeSnapshot(null, readingsOf(world), now)
}
