import { expect, test } from 'vitest'
import { ApiProblem, UsageError } from './api-problem.ts'
import { exitCodeOf } from './exit.ts'
import { exitOfOperation } from './print-operation.ts'

test.each([
  [new UsageError('x'), 2],
  [new ApiProblem('x', { code: 'refused' }), 3],
  [new ApiProblem('x', { code: 'conflict' }), 3],
  [new ApiProblem('x', { code: 'forbidden' }), 3],
  [new ApiProblem('x', { code: 'invalid' }), 3],
  [new ApiProblem('x', { code: 'not-found' }), 1],
  [new ApiProblem('x', { code: 'unauthenticated' }), 1],
  [new ApiProblem('x', { code: 'store-unreachable' }), 1],
  [new ApiProblem('x', { code: 'no-answer' }), 1],
  [new ApiProblem('x', { code: 'no-answer', isOutcomeUnknown: true }), 4],
  [new Error('x'), 1],
  ['x', 1],
])('%o ends with its code', (error, code) => {
  expect(exitCodeOf(error)).toBe(code)
})

test.each([
  ['succeeded', 0],
  ['failed', 1],
  ['refused', 3],
  ['cancelled', 3],
  ['unknown', 4],
  ['running', 4],
] as const)('an operation that is %s ends with %i', (state, code) => {
  expect(exitOfOperation(state)).toBe(code)
})
