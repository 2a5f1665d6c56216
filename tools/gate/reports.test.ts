import { expect, test } from 'vitest'
import { readCheckLines, readVitestReport } from './reports.ts'
import { add, judgedBy, nothing } from './tally.ts'

test('each line of the checks counts once', () => {
  const output =
    'format     ok      0.1 s\nlint       FAILED  1.3 s\n    lint  ok  0.1 s of somebody else\ndead-code  ok      12.0 s\n'
  expect(readCheckLines(output)).toEqual({ passed: 2, failed: 1 })
})

test('a report that was never written counts nothing', () => {
  expect(readVitestReport('/nowhere/report.json')).toEqual(nothing)
})

test('a command that ended badly without a failed test, or tested nothing, has failed once', () => {
  expect(judgedBy(1, { passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 1 })
  expect(judgedBy(null, nothing)).toEqual({ passed: 0, failed: 1 })
  expect(judgedBy(0, nothing)).toEqual({ passed: 0, failed: 1 })
  expect(judgedBy(1, { passed: 3, failed: 2 })).toEqual({ passed: 3, failed: 2 })
})

test('tallies add up', () => {
  expect(add({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 })
})
