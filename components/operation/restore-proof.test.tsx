import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Role } from '#domain/people/permission.ts'
import { madeAttempt, madeRecovery, madeRestoreResult, madeStep, second } from '#domain/testing/operation-made.ts'
import { hour } from '#domain/testing/restore-case.ts'
import { OperationView } from './operation-view.tsx'

const restoreResult = madeRestoreResult({
  members: [
    { name: 'pg-node-3', role: 'leader', timeline: 5, isStreaming: false },
    { name: 'pg-node-1', role: 'replica', timeline: 5, isStreaming: true },
  ],
})

const ended = madeRecovery({
  state: 'succeeded',
  endedAt: second(720),
  outcome: 'shop runs on its data of 2026-11-24 00:09:00.000 UTC.',
  result: restoreResult,
  steps: [madeStep(1, 'preflight', 'done')],
})

function open(role: Role, operation = ended) {
  return openPage({ page: <OperationView operation={operation} />, answers: {}, role, now: hour })
}

test('the proof tells what was wanted, where it stopped, what the data answered and how the cluster stands', async () => {
  await using page = await open('operator')
  const text = page.text()
  expect(text).toContain('The cluster runs on the recovered data.')
  expect(text).toContain('Writes stopped for 1 min 35 s.')
  expect(text).toContain('on the target')
  expect(text).toContain('4 → 5')
  expect(text).toContain('000000050000000000000009')
  expect(text).toContain('20261124-011000F')
  expect(text).toMatch(/pg-node-1replicastreams/u)
  expect(text).toMatch(/Restore1 min 1 s/u)
  expect(page.button('Download report')).toBeTruthy()
  expect(page.button('Let the old data go')).toBeTruthy()
})

test('who looks on may read and keep the report, and lets nothing go', async () => {
  await using page = await open('viewer')
  expect(page.button('Download report')).toBeTruthy()
  expect(() => page.button('Let the old data go')).toThrow('There is no button')
})

test('what was recovered and given up, and could not be deleted, is let go from here too', async () => {
  const steps = [madeStep(1, 'take-back-data', 'done'), madeStep(2, 'discard-attempt', 'failed')]
  const result = madeRestoreResult({ ended: 'abandoned', keptAside: [] })
  await using page = await open('operator', { ...ended, state: 'failed', result, steps })
  expect(page.text()).toContain('it may still lie on pg-node-3')
  expect(page.button('Let what was given up go')).toBeTruthy()
})

test('a recovery that did not stop at its target says so, with the tries before it', async () => {
  const off = madeAttempt({ isOnTarget: false, stoppedHow: null })
  await using page = await open('operator', { ...ended, result: { ...restoreResult, attempts: [madeAttempt(), off] } })
  expect(page.text()).toContain('not on the target')
  expect(page.text()).toContain('Postgres did not tell where')
  expect(page.text()).toContain('1 recovery before')
})
