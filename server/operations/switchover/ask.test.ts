import { afterEach, expect, test, vi } from 'vitest'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { hasten } from '../testing/hasten.ts'
import { isStaleCheck } from '../engine/stale-check.ts'
import { stageOf } from '../testing/step-context.ts'
import { probe } from './ask.ts'

const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null } as const
const asLeader = fixture('patroni/fixtures/4.1.4-leader-patroni.json')

afterEach(() => vi.restoreAllMocks())

test('a lead that moved and came back while nobody looked is told from the history, and nothing is sent again', async () => {
  hasten()
  await using leader = await patroniOf(6)
  const stage = stageOf({ wish, world: cameBack, facts: { sends: 1 }, urls: { 'pg-node-3': leader.url } })
  const told = {
    kind: 'failed',
    detail:
      'pg-node-1 took the lead and lost it again: pg-node-3 leads once more, on timeline 6. The log of Patroni on pg-node-1 says why.',
  }
  expect(await probe(stage.context)).toEqual(told)
  // Where the console sees no etcd, Patroni itself tells its history.
  const blind = stageOf({
    wish,
    world: cameBack,
    facts: { sends: 1 },
    urls: { 'pg-node-3': leader.url },
    hasEtcd: false,
  })
  expect(await probe(blind.context)).toEqual(told)
})

test('a request that brought nothing about is sent again', async () => {
  hasten()
  await using leader = await patroniOf(4)
  const world = () => healthyWorld(new Date())
  const stage = stageOf({ wish, world, facts: { sends: 1 }, urls: { 'pg-node-3': leader.url } })
  expect(await probe(stage.context)).toEqual({ kind: 'not-done' })
})

test('in a standby cluster nothing tells whether the lead came back, so nothing is sent again', async () => {
  hasten()
  await using leader = await patroniOf(4)
  const world = () => healthyWorld(new Date())
  const facts = { sends: 1, isStandbyCluster: true }
  const stage = stageOf({ wish, world, facts, urls: { 'pg-node-3': leader.url } })
  const outcome = await probe(stage.context)
  expect(outcome).toMatchObject({
    kind: 'unknown',
    detail: expect.stringContaining("The last line of Patroni's history: timeline 3 ended at"),
  })
})

test.each([
  ['no check', undefined, true],
  ['a check of just now', 0, false],
  ['one of five seconds ago', -5_000, false],
  ['an older one', -5_001, true],
  ['one that lies ahead', 1, true],
])('%s: is it stale?', (_name, aheadMs, isStale) => {
  const facts = aheadMs === undefined ? {} : { checkedAt: new Date(60_000 + aheadMs) }
  expect(isStaleCheck({ facts, now: () => new Date(60_000) })).toBe(isStale)
})

/** pg-node-1 took the lead on timeline 5 and pg-node-3 took it back. */
function cameBack(): World {
  const world = healthyWorld(new Date())
  const endedAt = secondsBefore(world.at, 5)
  return {
    ...world,
    members: world.members.map((member) => ({ ...member, timeline: 6 })),
    history: [
      ...world.history,
      { timeline: 4, newLeader: 'pg-node-1', endedAt },
      { timeline: 5, newLeader: 'pg-node-3', endedAt },
    ],
  }
}

function patroniOf(timeline: number) {
  const history = JSON.stringify([
    [3, 1, 'no recovery target specified', '2026-11-23T10:00:00+00:00', 'pg-node-3'],
    [4, 2, 'no recovery target specified', '2026-11-23T11:00:00+00:00', 'pg-node-1'],
    [5, 3, 'no recovery target specified', '2026-11-23T11:01:00+00:00', 'pg-node-3'],
  ])
  return serveHttp((request, response) => {
    if (request.url === '/history') return void response.end(history)
    response.end(JSON.stringify({ ...JSON.parse(asLeader), timeline }))
  })
}
