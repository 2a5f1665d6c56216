import { expect, test } from 'vitest'
import type { Course, StepOutcome } from '../define.ts'
import type { RestoreSoFar } from './facts.ts'
import { restorePlan } from './testing/restore-plan.ts'
import { whatStands } from './what-stands.ts'

const stands = (steps: [string, StepOutcome['kind']][], restore: RestoreSoFar = {}) =>
  whatStands({
    plan: restorePlan(),
    facts: { restore },
    ended: steps.map(([name, kind], n): Course['ended'][number] => ({ n, name, outcome: { kind, detail: '' } })),
  })

test('what is masked is told from what is stopped', () => {
  expect(stands([['mask', 'failed']])).toBe('Patroni runs and is masked on pg-node-1, pg-node-2 and pg-node-3.')
  const stopped = stands([
    ['mask', 'done'],
    ['stop-replicas', 'failed'],
  ])
  expect(stopped).toContain('Patroni is stopped and masked on pg-node-2 and pg-node-3.')
  expect(stopped).toContain('Patroni runs and is masked on pg-node-1.')
})

test('clients may be shut out where shutting out failed', () => {
  const fence = stands([['fence', 'failed']], { fencedNodes: ['pg-node-1'] })
  expect(fence).toContain('pgBouncer may take no clients on pg-node-1.')
})

test('what leads again runs', () => {
  const stands2 = stands(
    [
      ['mask', 'done'],
      ['stop-replicas', 'done'],
      ['stop-leader', 'done'],
      ['lead-by-replica', 'done'],
      ['return-replica~1', 'failed'],
    ],
    { returnedTo: 'pg-node-3' },
  )
  expect(stands2).toContain('Patroni is stopped and masked on pg-node-2 and pg-node-1.')
})

test('whoever took the lead in between runs, and the old leader with it', () => {
  const back = stands(
    [
      ['mask', 'done'],
      ['stop-replicas', 'done'],
      ['stop-leader', 'done'],
      ['return-leader', 'done'],
    ],
    { returnedTo: 'pg-node-3' },
  )
  expect(back).toBe('Patroni is stopped and masked on pg-node-2.')
})
