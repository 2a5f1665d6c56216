import { expect, test } from 'vitest'
import { leftOverOn } from './left-over.ts'
import { madeRecovery, madeStep } from '#domain/testing/operation-made.ts'

const of = (...steps: ReturnType<typeof madeStep>[]) => leftOverOn(madeRecovery({ steps }))

test('a recovery leaves what it gave up where its deletion never came to an end', () => {
  expect(of(madeStep(1, 'restore', 'done'), madeStep(2, 'take-back-data', 'skipped'))).toBeNull()
  expect(of(madeStep(1, 'take-back-data', 'failed'))).toBe('pg-node-3')
  const given = [madeStep(1, 'take-back-data', 'done'), madeStep(2, 'discard-attempt', 'failed')]
  expect(of(...given)).toBe('pg-node-3')
  expect(of(...given, madeStep(3, 'discard-attempt~2', 'done'))).toBeNull()
  expect(of(madeStep(1, 'rebuild-node', 'failed'), madeStep(2, 'rebuild-node~2', 'done'))).toBeNull()
})

test('a rehearsal leaves it where the node was not cleared up', () => {
  const plan = { ...madeRecovery().plan, kind: 'rehearsal' as const, node: 'pg-node-2' }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is asked of a plan here is all there
  const rehearsed = { ...madeRecovery(), kind: 'rehearsal', plan } as ReturnType<typeof madeRecovery>
  const failed = [madeStep(1, 'restore', 'failed'), madeStep(2, 'destroy~2', 'failed')]
  expect(leftOverOn({ ...rehearsed, steps: failed })).toBe('pg-node-2')
  expect(leftOverOn({ ...rehearsed, steps: [...failed, madeStep(3, 'destroy~3', 'done')] })).toBeNull()
  expect(leftOverOn({ ...rehearsed, steps: [madeStep(1, 'destroy', 'skipped')] })).toBeNull()
})
