import { expect, test } from 'vitest'
import { reasonFault } from './reason.ts'

test.each([
  ['  ', 'Say why: the audit log keeps it.'],
  [' ab ', 'Say why, in at least 3 characters: the audit log keeps it.'],
  [' abc ', null],
  ['x'.repeat(500), null],
  ['x'.repeat(501), 'At most 500 characters; these are 501.'],
])('the reason %j has the fault %j', (typed, fault) => {
  expect(reasonFault(typed)).toBe(fault)
})
