import { expect, test } from 'vitest'
import { isPoolerBefore } from './pooler-version.ts'

test.each([
  ['1.18.0', [1, 21], true],
  ['PgBouncer 1.24.1', [1, 24], false],
  ['1.25.1dev', [1, 25, 2], true],
  ['1.25.2', [1, 25, 2], false],
  ['1.26', [1, 25, 2], false],
  ['2.0.0', [1, 24], false],
  ['', [1, 24], null],
  ['of nobody', [1, 24], null],
])('%s is compared with %j', (version, floor, isBefore) => {
  expect(isPoolerBefore(version, floor)).toBe(isBefore)
})
