import { expect, test } from 'vitest'
import { failureLines, failuresIn } from './failures.ts'

const ofVitest = {
  testResults: [
    {
      name: '/here/server/a.db.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: 'holds', status: 'passed', failureMessages: [] },
        {
          fullName: 'breaks',
          status: 'failed',
          failureMessages: ['AssertionError: expected 1 to be 2\n\n  - 2\n  + 1\n    at /here/server/a.db.test.ts:3:1'],
        },
      ],
    },
    { name: '/here/server/b.db.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
  ],
}
const spec = (title: string, status: string, results: object[]) => ({
  file: 'x.e2e.ts',
  title,
  tests: [{ status, results }],
})
const ofPlaywright = {
  suites: [
    {
      specs: [spec('fine', 'expected', [{ status: 'passed' }])],
      suites: [
        {
          specs: [
            spec('late', 'unexpected', [
              { status: 'timedOut', error: { message: '\u001b[31mTest timeout\u001b[39m of 9 s' } },
            ]),
            spec('twice', 'flaky', [{ status: 'failed' }, { status: 'passed' }]),
            spec('left out', 'skipped', [{ status: 'skipped' }]),
          ],
        },
      ],
    },
  ],
}

test('each failure is told by its place and its first words, that of a whole file too', () => {
  const failures = [...failuresIn('db', ofVitest), ...failuresIn('e2e', ofPlaywright)]
  expect(failureLines(failures, '/here')).toEqual([
    'db  server/a.db.test.ts  breaks',
    '    AssertionError: expected 1 to be 2 / - 2 / + 1',
    'db  server/b.db.test.ts  the whole file',
    '    no such module',
    'e2e  x.e2e.ts  late',
    '    Test timeout of 9 s',
    'e2e  x.e2e.ts  twice',
    '    failed',
  ])
})

test('a report that was never written, or is of something else, tells of none', () => {
  expect(failuresIn('unit', null)).toEqual([])
  expect(failuresIn('unit', { stats: {} })).toEqual([])
})
