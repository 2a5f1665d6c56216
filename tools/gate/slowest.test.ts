import { expect, test } from 'vitest'
import { slowestLines, timesIn } from './slowest.ts'

const ofVitest = {
  testResults: [
    {
      name: '/here/e2e/lab/pitr.lab.test.ts',
      assertionResults: [
        { fullName: 'goes back', status: 'passed', duration: 61_400 },
        { fullName: 'was not chosen', status: 'skipped' },
      ],
    },
  ],
}
const ofPlaywright = {
  suites: [
    {
      specs: [{ file: 'axe.e2e.ts', title: 'every page', tests: [{ results: [{ duration: 70_000 }] }] }],
      suites: [
        {
          specs: [
            { file: 'axe.e2e.ts', title: 'tried twice', tests: [{ results: [{ duration: 40 }, { duration: 60 }] }] },
          ],
        },
      ],
    },
  ],
}

test('the slowest tests of all stages come first, with their place below the root', () => {
  const times = [...timesIn('lab', ofVitest), ...timesIn('e2e', ofPlaywright)]
  expect(slowestLines(times, '/here', 3)).toEqual([
    '   70.0 s  e2e   axe.e2e.ts  every page',
    '   61.4 s  lab   e2e/lab/pitr.lab.test.ts  goes back',
    '    0.1 s  e2e   axe.e2e.ts  tried twice',
  ])
})

test('a report that was never written, or is of something else, tells of no test', () => {
  expect(timesIn('unit', null)).toEqual([])
  expect(timesIn('unit', { stats: {} })).toEqual([])
})
