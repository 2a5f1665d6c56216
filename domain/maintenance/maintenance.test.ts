import { expect, test } from 'vitest'
import { endedSentence, endingSentence, noticeAt, startedSentence } from './ending.ts'
import { forbiddenBy } from './forbidden-by.ts'
import { covers, endOf, isGoingOn, mutedBy, type MaintenanceWindow } from './window.ts'
import { extendFault, longestWindowMs, windowFault } from './window-faults.ts'

const now = new Date('2026-11-26T12:00:00Z')
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const ada = { id: 'ada', name: 'Ada' }
const bob = { id: 'bob', name: 'Bob' }

function windowOf(more: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: 'w',
    clusterId: 'c',
    clusterName: 'orders',
    label: null,
    reason: 'kernel update',
    owner: ada,
    forbids: 'nothing',
    startsAt: inMinutes(-60),
    endsAt: inMinutes(60),
    endedAt: null,
    endedBy: null,
    createdAt: inMinutes(-60),
    ...more,
  }
}

test('a window is over its cluster, or over all that carry its label', () => {
  const labelled = windowOf({ clusterId: null, clusterName: null, label: 'prod' })
  expect(covers(windowOf(), { id: 'c', labels: [] })).toBe(true)
  expect(covers(windowOf(), { id: 'd', labels: [] })).toBe(false)
  expect(covers(labelled, { id: 'd', labels: ['prod'] })).toBe(true)
  expect(covers(labelled, { id: 'd', labels: ['test'] })).toBe(false)
})

test('it holds from its beginning to its end or to when it was ended, and no longer', () => {
  expect(isGoingOn(windowOf({ startsAt: inMinutes(1) }), now)).toBe(false)
  expect(isGoingOn(windowOf({ endsAt: now }), now)).toBe(false)
  expect(isGoingOn(windowOf({ endedAt: inMinutes(-1) }), now)).toBe(false)
  expect(endOf(windowOf({ endedAt: inMinutes(90) }))).toEqual(inMinutes(60))
  const longer = windowOf({ id: 'longer', endsAt: inMinutes(90) })
  expect(mutedBy({ id: 'c', labels: [] }, [windowOf(), longer], now)?.id).toBe('longer')
  expect(mutedBy({ id: 'c', labels: [] }, [windowOf({ endsAt: inMinutes(-1) })], now)).toBeNull()
})

test('a window begins now or later and lasts seven days at most, each time it is extended', () => {
  const from = (startsAt: Date, endsAt: Date) => windowFault({ startsAt, endsAt }, now)?.field ?? null
  expect(from(now, inMinutes(60))).toBeNull()
  expect(from(inMinutes(-10), inMinutes(60))).toBe('startsAt')
  expect(from(now, inMinutes(-1))).toBe('endsAt')
  expect(from(inMinutes(60), inMinutes(30))).toBe('endsAt')
  expect(from(now, new Date(now.getTime() + longestWindowMs))).toBeNull()
  expect(from(now, new Date(now.getTime() + longestWindowMs + 1))).toBe('endsAt')
  expect(extendFault(windowOf(), inMinutes(30), now)?.field).toBe('endsAt')
  expect(extendFault(windowOf(), new Date(now.getTime() + longestWindowMs), now)).toBeNull()
  expect(extendFault(windowOf(), new Date(now.getTime() + longestWindowMs + 1), now)?.field).toBe('endsAt')
})

test('only the owner switches over, reinitialises and recovers where a window says so; backups and taking back go on', () => {
  const strict = [windowOf({ forbids: 'acts-of-others' })]
  expect(forbiddenBy(strict, { kind: 'switchover', actor: bob }, now)).toContain('Ada has maintenance on it until')
  expect(forbiddenBy(strict, { kind: 'restore', actor: bob }, now)).not.toBeNull()
  expect(forbiddenBy(strict, { kind: 'reinitialise', actor: bob }, now)).not.toBeNull()
  expect(forbiddenBy(strict, { kind: 'switchover', actor: ada }, now)).toBeNull()
  expect(forbiddenBy(strict, { kind: 'backup', actor: bob }, now)).toBeNull()
  expect(forbiddenBy(strict, { kind: 'cancel-scheduled-switchover', actor: bob }, now)).toBeNull()
  expect(forbiddenBy([windowOf()], { kind: 'switchover', actor: bob }, now)).toBeNull()
  expect(forbiddenBy(strict, { kind: 'switchover', actor: bob }, inMinutes(61))).toBeNull()
})

test('the owner is told before the end, of a short window in its last quarter', () => {
  expect(noticeAt(windowOf())).toEqual(inMinutes(45))
  expect(noticeAt(windowOf({ startsAt: now, endsAt: inMinutes(20) }))).toEqual(inMinutes(15))
  expect(startedSentence(windowOf())).toContain('Maintenance by Ada has begun on orders for 2 h: "kernel update".')
  expect(endingSentence(windowOf(), inMinutes(50))).toContain('ends in 10 min.')
  expect(endedSentence(windowOf({ endedBy: 'Bob' }))).toContain('has ended, by Bob.')
})
