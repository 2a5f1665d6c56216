import { expect, test } from 'vitest'
import { operationDoing, operationKindName, operationName } from './operation-words.ts'

test('a kind is named without an outcome: what was refused has cancelled nothing', () => {
  expect(operationKindName('cancel-scheduled-switchover')).toBe('Cancellation of a scheduled switchover')
})

test('a backup is named by its type and its cluster, and under way by where it runs', () => {
  const plan = { kind: 'backup', type: 'full', clusterName: 'lab', node: 'pg-node-3' } as const
  expect(operationName(plan)).toBe('Take a full backup of lab')
  expect(operationName({ ...plan, type: 'incr' })).toBe('Take an incremental backup of lab')
  expect(operationDoing(plan)).toBe('Taking a full backup of lab on pg-node-3')
})
