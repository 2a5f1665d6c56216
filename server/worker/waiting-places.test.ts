import { expect, test } from 'vitest'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'
import { eachOnce, silentPlaces, waitingPlaces } from './waiting-places.ts'

const now = new Date('2026-11-25T12:05:00Z')
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
  const found = waitingPlaces([invitation], () => members, now).map(({ node, address, isInvited }) => [
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
  expect(waitingPlaces([invitation, newer], () => [], now).map(({ expected }) => expected?.id)).toEqual(['i-2'])
})

test('a node that is invited under another address is not looked at as a neighbour while that is open', () => {
  const named = { ...invitation, address: 'pg-node-1.example:8009' }
  const addressesAt = (at: Date) => waitingPlaces([named], () => members, at).map(({ address }) => address)
  expect(addressesAt(now)).toEqual(['pg-node-1.example:8009', '10.0.1.11:8009'])
  expect(addressesAt(named.expiresAt)).toEqual(['pg-node-1.example:8009', '10.0.1.10:8009', '10.0.1.11:8009'])
})

test('invited places come before the neighbours', () => {
  const other = { ...invitation, id: 'i-2', clusterId: 'c-2', node: 'pg-node-9', address: '10.0.1.19:8009' }
  const found = waitingPlaces([invitation, other], () => members, now).map(({ isInvited }) => isInvited)
  expect(found).toEqual([true, true, false])
})

test('nodes without an agent are looked at wherever somebody was ever invited, those with one are not', () => {
  const agents = [{ clusterId: 'c-1', node: 'pg-node-1', address: 'pg-node-1.example:8009' }]
  expect(silentPlaces([invitation], () => members, agents)).toMatchObject([
    { node: 'pg-node-2', address: '10.0.1.11:8009', cluster: { clusterName: 'orders' }, expected: null },
  ])
  const addresses = eachOnce(silentPlaces([invitation], () => members, [])).map(({ address }) => address)
  expect(addresses).toEqual(['10.0.1.10:8009', '10.0.1.11:8009'])
})

test('a place that two reasons lead to is looked at once, for the first of them', () => {
  const [first, ...others] = waitingPlaces([invitation], () => members, now)
  const found = eachOnce([...(first ? [first] : []), ...others, ...silentPlaces([invitation], () => members, [])])
  expect(found.map(({ address, isInvited }) => [address, isInvited])).toEqual([
    ['10.0.1.10:8009', true],
    ['10.0.1.11:8009', false],
  ])
})
