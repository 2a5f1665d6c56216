import { expect, test } from 'vitest'
import type { DueRun } from './backup-schedule.ts'
import { graceMs, settleRuns, unmadeRuns, type KeptRun } from './due-runs.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))
const run = (type: DueRun['type'], hour: number): DueRun => ({ type, at: at(hour) })
const kept = (hour: number, state: KeptRun['state'], type: KeptRun['type'] = 'full'): KeptRun => ({
  kind: 'backup',
  dueAt: at(hour),
  type,
  state,
  sentence: null,
  operationId: null,
  changedAt: at(hour),
})

test('what is due begins, and what was settled does not come again', () => {
  const due = [run('full', 1)]
  expect(settleRuns(due, [], at(1))).toEqual({ begin: run('full', 1), covered: [], missed: [] })
  expect(settleRuns(due, [kept(1, 'waiting')], at(2)).begin).toEqual(run('full', 1))
  for (const state of ['begun', 'covered', 'missed'] as const)
    expect(settleRuns(due, [kept(1, state)], at(2))).toEqual({ begin: null, covered: [], missed: [] })
})

test('of several that are due the fullest begins, of equals the newest, and it covers the others', () => {
  const due = [run('incr', 1), run('full', 2), run('incr', 3)]
  expect(settleRuns(due, [], at(4))).toEqual({
    begin: run('full', 2),
    covered: [run('incr', 3), run('incr', 1)],
    missed: [],
  })
  expect(settleRuns([run('incr', 1), run('incr', 2)], [], at(3))).toMatchObject({ begin: run('incr', 2) })
})

test('what could not begin within the grace is missed', () => {
  const last = new Date(at(1).getTime() + graceMs)
  expect(settleRuns([run('full', 1)], [], last).begin).toEqual(run('full', 1))
  const late = new Date(last.getTime() + 1)
  expect(settleRuns([run('full', 1), run('diff', 4)], [kept(1, 'waiting')], late)).toEqual({
    begin: run('diff', 4),
    covered: [],
    missed: [run('full', 1)],
  })
})

test('a missed run is made good by a backup as full or fuller that began after it was due', () => {
  const runs = [kept(1, 'missed', 'diff'), kept(2, 'begun'), kept(3, 'missed')]
  expect(unmadeRuns(runs, [])).toEqual([runs[0], runs[2]])
  expect(unmadeRuns(runs, [{ type: 'diff', startedAt: at(4) }])).toEqual([runs[2]])
  expect(unmadeRuns(runs, [{ type: 'full', startedAt: at(4) }])).toEqual([])
  expect(unmadeRuns(runs, [{ type: 'full', startedAt: at(2) }])).toEqual([runs[2]])
})
