import { expect, test } from 'vitest'
import type { StoredAgent } from '#server/store/agents.ts'
import { whoToAsk } from './who-to-ask.ts'

const at = new Date('2026-11-25T16:00:00Z')

function agent(node: string, more: Partial<StoredAgent> = {}): StoredAgent {
  return {
    id: node,
    node,
    address: `${node}:8009`,
    certificatePin: 'p',
    version: '1.0.0',
    state: 'enrolled',
    lockedReason: null,
    seenAt: at,
    problem: null,
    problemSince: null,
    stanza: 'main',
    vetoed: [],
    clockSkewMs: 0,
    enrolledAt: at,
    enrolledBy: 'Mara',
    clusterId: 'c',
    clusterName: 'main',
    counter: 0,
    isProblemTold: false,
    refusalsToldAt: null,
    ...more,
  }
}

const all = [agent('a', { problem: 'Gone.', problemSince: at }), agent('b'), agent('c'), agent('d')]

test.each<[string, StoredAgent[], { backingUp: string | null; leader: string | null }, string]>([
  ['the leader first, who is gone last', all, { backingUp: null, leader: 'c' }, 'c b d a'],
  ['where a backup runs before the leader', all, { backingUp: 'd', leader: 'c' }, 'd c b a'],
  ['a leader that is gone all the same', all, { backingUp: null, leader: 'a' }, 'a b c d'],
  ['without a leader by name', all, { backingUp: null, leader: null }, 'b c d a'],
  ['not whose node forbids it', [agent('a', { vetoed: ['pgbackrest-info'] })], { backingUp: null, leader: 'a' }, ''],
])('%s', (_, agents, given, order) => {
  expect(
    whoToAsk(agents, given)
      .map(({ node }) => node)
      .join(' '),
  ).toBe(order)
})
