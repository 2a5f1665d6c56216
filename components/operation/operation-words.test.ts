import { expect, test } from 'vitest'
import { operationKindName } from './operation-words.ts'

test('a kind is named without an outcome: what was refused has cancelled nothing', () => {
  expect(operationKindName('cancel-scheduled-switchover')).toBe('Cancellation of a scheduled switchover')
})
