import { expect, test } from 'vitest'
import { capabilities, type CapabilityQuestion } from './capabilities.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)

function reasons(snapshot: Snapshot | null, change: Partial<CapabilityQuestion> = {}): (string | null)[] {
  const question = { mayAct: true, activeOperation: null, storeReachable: true, now: noon, ...change }
  return capabilities(snapshot, question).map(({ reason }) => reason)
}

const healthy = follow(healthyWorld(noon))

test('an operator may switch a healthy cluster over, and neither fail over nor cancel anything', () => {
  expect(reasons(healthy)).toEqual([
    null,
    'pg-node-3 leads and works, so a failover is not what is needed: switch over instead, which loses nothing.',
    null,
    'No switchover is scheduled.',
  ])
})

test('an act is enabled exactly when nothing stands in its way', () => {
  const question = { mayAct: true, activeOperation: null, storeReachable: true, now: noon }
  for (const { isEnabled, reason } of capabilities(healthy, question)) expect(isEnabled).toBe(reason === null)
})

const operation = {
  kind: 'switchover' as const,
  requestedBy: { id: '1', name: 'Ines Okafor' },
  requestedAt: ago(12),
}

test.each<[string, Snapshot | null, Partial<CapabilityQuestion>, string]>([
  [
    'a viewer',
    healthy,
    { mayAct: false },
    'You may look at this cluster but not act. Ask an administrator for the role operator.',
  ],
  [
    'a store out of reach',
    healthy,
    { storeReachable: false },
    'Matriarch does not reach its own store, so nothing can be started or recorded. Bring the store back first.',
  ],
  [
    'another operation',
    healthy,
    { activeOperation: operation },
    'Ines Okafor has been switching over for 12 s. A cluster has one operation at a time.',
  ],
  ['no look yet', null, {}, 'Matriarch has not looked at this cluster yet. It will within seconds if a worker runs.'],
  [
    'an old look',
    follow(healthyWorld(ago(40))),
    {},
    'Matriarch does not see the cluster well enough to act. Last seen 40 s ago: pg-node-3 led.',
  ],
])('%s stands in the way of every act', (_, snapshot, change, reason) => {
  expect(reasons(snapshot, change)).toEqual([reason, reason, reason, reason])
})

test('a pause forbids to schedule only', () => {
  const paused: World = { ...healthyWorld(noon), config: { ...healthyWorld(noon).config, pause: true } }
  const [now, , later] = reasons(follow(paused))
  expect([now, later]).toEqual([null, 'Patroni is paused, and it schedules nothing while paused. Resume it first.'])
})

test('without a fit replica the reason names each', () => {
  const world = withMember(
    withMember(healthyWorld(noon), 'pg-node-1', { tags: { nofailover: true } }),
    'pg-node-2',
    dead(ago(240), false),
  )
  expect(reasons(follow(world))[0]).toBe(
    'No replica can take the lead: pg-node-1 may not lead (tag nofailover), pg-node-2 has just gone.',
  )
})
