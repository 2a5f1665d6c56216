import { expect, test } from 'vitest'
import { rowOf } from '#components/fleet/testing-row.ts'
import type { StoredEvent } from '#domain/event.ts'
import { isNews, tellTurns } from './news.ts'

const now = new Date('2026-11-23T12:00:00.000Z')

const event: StoredEvent = {
  id: 7,
  clusterId: 'c',
  clusterName: 'shop',
  operationId: null,
  kind: 'split-brain',
  at: new Date(now.getTime() - 2000),
  member: null,
  severity: 'critical',
  sentence: 'pg-node-1 and pg-node-3 take writes.',
  from: null,
  to: null,
  sources: [],
}

test('what is critical, who leads and a changed verdict are said aloud', () => {
  expect(isNews(event, now)).toBe(true)
  expect(isNews({ ...event, kind: 'leader-changed', severity: 'info' }, now)).toBe(true)
  expect(isNews({ ...event, kind: 'verdict-changed', severity: 'info' }, now)).toBe(true)
  expect(isNews({ ...event, kind: 'replica-lagging', severity: 'warning' }, now)).toBe(false)
})

test('what happened long before it was heard is no news', () => {
  expect(isNews({ ...event, at: new Date(now.getTime() - 3_600_000) }, now)).toBe(false)
})

test('clusters that turn to the worse or recover are told by name, small changes are not', () => {
  const known = [rowOf('billing'), rowOf('shop', { level: 'down' }), rowOf('mail')]
  const changed = [
    rowOf('billing', { level: 'at-risk', sentence: 'Nobody could take over.' }),
    rowOf('shop', { sentence: 'All is well.' }),
    rowOf('mail', { level: 'degraded' }),
    rowOf('new', { level: 'down' }),
  ]
  expect(tellTurns(known, changed, null)).toBe('billing: Nobody could take over. shop: All is well.')
  expect(tellTurns(known, changed, 'billing')).toBe('shop: All is well.')
  expect(tellTurns(known, known, null)).toBeNull()
})

test('many at once are counted', () => {
  const known = ['a', 'b', 'c', 'd'].map((name) => rowOf(name))
  const changed = known.map((row) => ({ ...row, level: 'down' as const }))
  expect(tellTurns(known, changed, null)).toBe('4 clusters turned at risk or down.')
})
