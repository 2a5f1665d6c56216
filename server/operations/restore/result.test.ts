import { expect, test } from 'vitest'
import { endOfRestore, resultOf } from './result.ts'
import { restorePlan } from './testing/restore-plan.ts'

test('phases stand in the order in which they came, however the store keeps them', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second))
  const time = (title: string, from: number, to: number | null) => ({
    title,
    beganAt: at(from),
    endedAt: to === null ? null : at(to),
  })
  const times = {
    open: time('Open', 30, 33),
    fence: time('Shut clients out', 3, 5),
    preflight: time('Look', 0, 3),
    verify: time('Check', 33, null),
  }
  expect(resultOf({ restore: { times } }, restorePlan()).phases).toEqual([
    { name: 'Look', ms: 3_000 },
    { name: 'Shut clients out', ms: 2_000 },
    { name: 'Open', ms: 3_000 },
  ])
})

test('what is left to do by hand is told with the end', () => {
  const openedAt = new Date()
  const end = (restore: object) => endOfRestore({ restore: { openedAt, ...restore } }, restorePlan()).outcome
  expect(end({})).toMatch(/: pg-node-1 leads\.$/)
  expect(end({ leftOut: ['pg-node-2'], fencedNodes: ['pg-node-2'] })).toContain(
    'pg-node-2 was not built anew: unmask and start Patroni there, and reinitialise it if it does not follow. pgBouncer on pg-node-2 takes no clients until you open it.',
  )
  const back = end({ isReturned: true, leftOut: ['pg-node-2'], fencedNodes: ['pg-node-2', 'pg-node-3'] })
  expect(back).toContain('pg-node-2 is left out: once it answers')
  expect(back).toContain('pgBouncer on pg-node-3 takes no clients until you open it.')
})
