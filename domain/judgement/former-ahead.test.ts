import { expect, test } from 'vitest'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { baseLsn, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { assess } from './assess.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ahead = { lsn: baseLsn + 16_000, replayedLsn: baseLsn + 16_000 }
const cutOff: World = {
  ...withMember(healthyWorld(noon), 'pg-node-3', { postgres: 'standby', isListed: false, ...ahead }),
  leader: null,
}
const toldOf = (world: World) => {
  const { findings, forecast } = assess(follow(healthyWorld(secondsBefore(noon, 40)), world), noon)
  return { advice: findings.find(({ kind }) => kind === 'no-leader')?.advice, forecast: forecast.sentence }
}

test('that all wait for a former leader is told with what ends it', () => {
  const { advice, forecast } = toldOf(cutOff)
  expect(forecast).toContain('pg-node-1 and pg-node-2 leave the lead to pg-node-3')
  expect(advice).toContain('Give pg-node-3 its way to the DCS back.')
})

test('it is not told where somebody does not wait, or nobody could be elected anyway', () => {
  const onePast = toldOf(withMember(cutOff, 'pg-node-1', ahead))
  expect(onePast.forecast).toContain('pg-node-1 can take the lead')
  expect(onePast.advice).not.toContain('leaves the lead')
  expect(toldOf({ ...cutOff, etcd: 'no-quorum' }).advice).not.toContain('leaves the lead')
})
