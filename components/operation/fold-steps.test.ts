import { expect, test } from 'vitest'
import type { OperationStep } from '#domain/operation/operation.ts'
import { madeStep } from '#domain/testing/operation-made.ts'
import { foldSteps } from './fold-steps.ts'

function shown(states: [name: string, state: OperationStep['state']][]): string[] {
  const steps = states.map(([name, state], index) => madeStep(index + 1, name, state))
  return foldSteps(steps).map((row) => (row.kind === 'step' ? row.step.name : row.label))
}

function many(count: number, name: string, state: OperationStep['state']): [string, OperationStep['state']][] {
  return Array.from({ length: count }, (_, index) => [`${name}~${index + 1}`, state])
}

test('a short course is shown whole', () => {
  expect(shown([...many(10, 'done', 'done'), ['now', 'running'], ['next', 'pending']])).toHaveLength(12)
})

test('of a long one what was done a while ago and what is far ahead is folded', () => {
  expect(shown([...many(20, 'did', 'done'), ['now', 'running'], ...many(9, 'then', 'pending')])).toEqual([
    '17 steps done',
    'did~18',
    'did~19',
    'did~20',
    'now',
    'then~1',
    'then~2',
    'then~3',
    '6 steps to come',
  ])
})

test('skipped steps are one line, and a decision or a failure always stands open', () => {
  const rows = shown([
    ...many(8, 'did', 'done'),
    ['decide', 'done'],
    ['restore~2', 'failed'],
    ...many(6, 'ahead', 'skipped'),
    ['decide~2', 'running'],
  ])
  expect(rows).toEqual([
    '5 steps done',
    'did~6',
    'did~7',
    'did~8',
    'decide',
    'restore~2',
    '6 steps skipped',
    'decide~2',
  ])
})
