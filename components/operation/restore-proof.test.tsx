import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Role } from '#domain/permission.ts'
import { OperationView } from './operation-view.tsx'
import { at, attempt, later, restoreOperation, restoreResult, stepOf } from './testing-operation.ts'

const ended = restoreOperation({
  state: 'succeeded',
  endedAt: later(12),
  outcome: 'shop runs on its data of 2026-11-25 14:03:00.000 UTC.',
  result: restoreResult,
  steps: [stepOf(1, 'preflight', 'done')],
})

function open(role: Role, operation = ended) {
  return openPage({ page: <OperationView operation={operation} />, answers: {}, role, now: at })
}

test('the proof tells what was wanted, where it stopped, what the data answered and how the cluster stands', async () => {
  await using page = await open('operator')
  const text = page.text()
  expect(text).toContain('The cluster runs on the recovered data.')
  expect(text).toContain('Writes stopped for 6 min 32 s.')
  expect(text).toContain('on the target')
  expect(text).toContain('4 → 5')
  expect(text).toContain('00000005000000000000000B')
  expect(text).toContain('20261125-143500F')
  expect(text).toMatch(/pg-node-1replicastreams/u)
  expect(text).toMatch(/restore5 min/u)
  expect(page.button('Download report')).toBeTruthy()
  expect(page.button('Let the old data go')).toBeTruthy()
})

test('who looks on may read and keep the report, and lets nothing go', async () => {
  await using page = await open('viewer')
  expect(page.button('Download report')).toBeTruthy()
  expect(() => page.button('Let the old data go')).toThrow('There is no button')
})

test('a recovery that did not stop at its target says so, with the tries before it', async () => {
  const off = { ...attempt, isOnTarget: false, stoppedHow: null }
  await using page = await open('operator', { ...ended, result: { ...restoreResult, attempts: [attempt, off] } })
  expect(page.text()).toContain('not on the target')
  expect(page.text()).toContain('Postgres did not tell where')
  expect(page.text()).toContain('1 recovery before')
})
