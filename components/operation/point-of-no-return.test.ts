import { expect, test } from 'vitest'
import type { Operation, OperationStep } from '#domain/operation.ts'
import { whyTooLate } from './point-of-no-return.ts'

function under(kind: Operation['kind'], states: OperationStep['state'][]) {
  const steps = ['preflight', 'load', 'ask', 'writable'].map((name, n) => ({ name, state: states[n] ?? 'pending' }))
  return whyTooLate({ steps, plan: { kind } } as Pick<Operation, 'steps' | 'plan'>)
}

test('before Patroni is asked an operation can be stopped', () => {
  expect(under('switchover', [])).toBeNull()
  expect(under('switchover', ['done', 'running'])).toBeNull()
})

test('once Patroni is asked it cannot, whatever became of it, and the reason says what is left to do', () => {
  expect(under('switchover', ['done', 'done', 'running'])).toMatch(/cannot be called back/u)
  expect(under('switchover', ['done', 'done', 'done', 'running'])).toMatch(/cannot be called back/u)
  expect(under('schedule-switchover', ['done', 'done', 'running'])).toMatch(/Cancel the scheduled switchover/u)
})
