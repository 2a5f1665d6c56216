import { expect, test } from 'vitest'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'
import { waitingPlaces } from './waiting-places.ts'

const invitation: StoredInvitation = {
  id: 'i-1',
  clusterId: 'c-1',
  clusterName: 'orders',
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  createdBy: 'Mara',
  createdAt: new Date('2026-11-25T12:00:00Z'),
  expiresAt: new Date('2026-11-25T12:15:00Z'),
  endedAt: null,
  outcome: null,
  refusal: null,
  problem: null,
}
const members = [
  { name: 'pg-node-1', host: '10.0.1.10' },
  { name: 'pg-node-2', host: '10.0.1.11' },
  { name: 'pg-node-3', host: null },
]

test('a token may be typed on a neighbour, so neighbours are looked at too', () => {
  const found = waitingPlaces([invitation], () => members).map(({ node, address, isInvited }) => [
    node,
    address,
    isInvited,
  ])
  expect(found).toEqual([
    ['pg-node-1', '10.0.1.10:8009', true],
    ['pg-node-2', '10.0.1.11:8009', false],
  ])
})

test('of two invitations for one address the newer is the one that counts', () => {
  const newer = { ...invitation, id: 'i-2' }
  expect(waitingPlaces([invitation, newer], () => []).map(({ expected }) => expected.id)).toEqual(['i-2'])
})
