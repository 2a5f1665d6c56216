import { expect, test } from 'vitest'
import { afterTakeover } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { judgeSchedule } from './judge-schedule.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const at = (seconds: number): Date => secondsBefore(noon, -seconds)
const plan = { leader: 'pg-node-3', candidate: 'pg-node-1', scheduledAt: noon, timeline: 4 }
const scheduled = (world: World): World => ({
  ...world,
  scheduledSwitchover: { at: noon, from: 'pg-node-3', to: 'pg-node-1' },
})
const cameBack = (world: World): World => ({
  ...world,
  history: [
    ...world.history,
    { timeline: 4, newLeader: 'pg-node-1', endedAt: at(2) },
    { timeline: 5, newLeader: 'pg-node-3', endedAt: at(8) },
  ],
})

test.each<[string, World, object]>([
  ['stands before its time', scheduled(healthyWorld(at(-60))), { kind: 'standing' }],
  ['is not to be seen before its time', healthyWorld(at(-60)), { kind: 'absent' }],
  ['is being carried out', scheduled(healthyWorld(at(1))), { kind: 'open' }],
  ['may yet be carried out', healthyWorld(at(5)), { kind: 'open' }],
  ['was dropped', healthyWorld(at(60)), { kind: 'dropped' }],
  ['ran', afterTakeover(healthyWorld(at(9)), 6), { kind: 'ran', to: 'pg-node-1' }],
  ['ran, and the lead came back', cameBack(healthyWorld(at(10))), { kind: 'returned', by: 'pg-node-1' }],
  ['was overtaken', afterTakeover(healthyWorld(at(-60)), 6), { kind: 'overtaken', by: 'pg-node-1' }],
  ['was overtaken long before', afterTakeover(healthyWorld(at(60)), 120), { kind: 'overtaken', by: 'pg-node-1' }],
  ['waits for a leader', { ...healthyWorld(at(3)), leader: null }, { kind: 'open' }],
])('a schedule that %s is told so', (_name, world, judged) => {
  expect(judgeSchedule(follow(world), plan, world.at)).toEqual(judged)
})
