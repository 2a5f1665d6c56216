import { expect, test } from 'vitest'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { watchedMembers } from './watched-members.ts'

const now = new Date('2026-11-23T12:00:00.000Z')

test('who leads and who was named are watched, wherever their address comes from, and nobody else', () => {
  expect(watched('pg-node-1')).toEqual({
    'pg-node-3': 'http://10.0.1.12:8008',
    'pg-node-1': 'http://10.0.1.10:8008',
  })
})

test('where Patroni chooses, all who may take the lead are watched', () => {
  expect(Object.keys(watched(null))).toEqual(['pg-node-3', 'pg-node-1', 'pg-node-2'])
  expect(Object.keys(watched(null, { nofailover: true }))).toEqual(['pg-node-3', 'pg-node-1'])
})

function watched(candidate: string | null, tags = {}): Record<string, string> {
  const snapshot = follow(withMember(healthyWorld(now), 'pg-node-2', { tags }))
  const wish = { kind: 'switchover', candidate, scheduledAt: null, now } as const
  const members = watchedMembers(snapshot, planSwitchover(snapshot, wish))
  return Object.fromEntries(members.map(({ name, url }) => [name, url]))
}
