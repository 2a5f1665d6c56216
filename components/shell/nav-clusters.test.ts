import { expect, test } from 'vitest'
import type { FleetRow } from '#domain/fleet/view.ts'
import { navClusters } from './nav-clusters.ts'

function row(name: string, level: FleetRow['level'] = 'healthy'): FleetRow {
  return {
    clusterId: name,
    name,
    level,
    labels: [],
    sentence: '',
    leader: null,
    members: [],
    worstLagBytes: null,
    lastBackup: null,
    seenAt: null,
    activeOperation: null,
    alerts: { critical: 0, warning: 0, coming: null },
    incidents: { open: 0, critical: 0, worst: null },
  }
}

test('a few clusters are all listed by name, numbers in them as numbers', () => {
  const { shown, isAll } = navClusters([row('shop-10'), row('billing', 'down'), row('shop-2')], null)
  expect(isAll).toBe(true)
  expect(shown.map(({ name }) => name)).toEqual(['billing', 'shop-2', 'shop-10'])
})

test('of many clusters only those that need a look are listed, and the open one', () => {
  const many = Array.from({ length: 1000 }, (_, index) => row(`shop-${index}`, index === 7 ? 'down' : 'healthy'))
  const { shown, isAll } = navClusters(many, 'shop-500')
  expect(isAll).toBe(false)
  expect(shown.map(({ name }) => name)).toEqual(['shop-7', 'shop-500'])
})

test('the menu never grows without bound', () => {
  const many = Array.from({ length: 1000 }, (_, index) => row(`shop-${index}`, 'unseen'))
  expect(navClusters(many, null).shown.length).toBeLessThanOrEqual(24)
})

test('a thousand clusters that all need a look cost the page next to nothing', () => {
  const many = Array.from({ length: 1000 }, (_, index) => row(`shop-${(index * 7919) % 1000}`, 'unseen'))
  navClusters(many, null)
  const runs = Array.from({ length: 5 }, () => {
    const startedAt = performance.now()
    navClusters(many, null)
    return performance.now() - startedAt
  })
  expect(Math.min(...runs)).toBeLessThan(25)
})
