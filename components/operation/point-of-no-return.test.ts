import { expect, test } from 'vitest'
import type { Operation, OperationStep } from '#domain/operation/operation.ts'
import { whyTooLate } from './point-of-no-return.ts'

function under(kind: Operation['kind'], states: OperationStep['state'][]) {
  const steps = ['preflight', 'load', 'ask', 'writable'].map((name, n) => ({ name, state: states[n] ?? 'pending' }))
  return whyTooLate({ steps, plan: { kind } } as Pick<Operation, 'steps' | 'plan'>)
}

test('a backup can be stopped as long as pgBackRest runs', () => {
  const steps = (ask: OperationStep['state'], follow: OperationStep['state']) =>
    [
      { name: 'ask', state: ask },
      { name: 'follow', state: follow },
    ] as OperationStep[]
  const why = (given: OperationStep[]) =>
    whyTooLate({ steps: given, plan: { kind: 'backup' } } as Pick<Operation, 'steps' | 'plan'>)
  expect(why(steps('pending', 'pending'))).toBeNull()
  expect(why(steps('running', 'pending'))).toBeNull()
  expect(why(steps('done', 'running'))).toBeNull()
  expect(why(steps('done', 'done'))).toMatch(/ended already/u)
})

test('before Patroni is asked an operation can be stopped', () => {
  expect(under('switchover', [])).toBeNull()
  expect(under('switchover', ['done', 'running'])).toBeNull()
})

test('once Patroni is asked it cannot, whatever became of it, and the reason says what is left to do', () => {
  expect(under('switchover', ['done', 'done', 'running'])).toMatch(/cannot be called back/u)
  expect(under('switchover', ['done', 'done', 'done', 'running'])).toMatch(/cannot be called back/u)
  expect(under('schedule-switchover', ['done', 'done', 'running'])).toMatch(/Cancel the scheduled switchover/u)
})

test('a recovery can be stopped until its timeline is published, a rehearsal always', () => {
  const why = (kind: Operation['kind'], steps: { name: string; state: OperationStep['state'] }[]) =>
    whyTooLate({ steps, plan: { kind } } as Pick<Operation, 'steps' | 'plan'>)
  expect(
    why('restore', [
      { name: 'promote', state: 'done' },
      { name: 'open', state: 'pending' },
    ]),
  ).toBeNull()
  expect(
    why('restore', [
      { name: 'open', state: 'skipped' },
      { name: 'halt', state: 'running' },
    ]),
  ).toBeNull()
  expect(why('restore', [{ name: 'open~2', state: 'running' }])).toMatch(/its own timeline already/u)
  expect(why('rehearsal', [{ name: 'recover', state: 'running' }])).toBeNull()
})
