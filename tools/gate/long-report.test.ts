import { expect, test } from 'vitest'
import { longCases, longReport } from './long-report.ts'

const report = {
  testResults: [
    {
      assertionResults: [
        { fullName: 'a worker dies', status: 'passed', duration: 61_400, failureMessages: [] },
        { fullName: 'a node dies', status: 'failed', duration: 10, failureMessages: ['Error: rows are gone\n  at x'] },
        { fullName: 'not chosen', status: 'skipped', failureMessages: [] },
      ],
    },
  ],
}
const notes = [{ name: 'a worker dies', outcome: 'succeeded: a|b', writableAfterMs: 20_300, steps: ['fence done'] }]

test('a case has what its recoveries came to, and those that did not run are left out', () => {
  const cases = longCases(report, notes)
  expect(cases.map(({ name, state }) => [name, state])).toEqual([
    ['a worker dies', 'passed'],
    ['a node dies', 'failed'],
  ])
  expect(cases[0]).toMatchObject({ seconds: 61, recoveries: [{ writableAfterMs: 20_300, steps: ['fence done'] }] })
})

test('the report names every case, and says of those that failed why', () => {
  const text = longReport(longCases(report, notes), new Date('2026-11-25T10:00:00Z'))
  expect(text).toContain('1 passed, 1 failed.')
  expect(text).toContain('| a worker dies | passed | 61 s | 20.3 s | succeeded: a\\|b |')
  expect(text).toContain('## a node dies\n\nError: rows are gone')
})
