import { expect, test } from 'vitest'
import type { SwitchoverResult } from '#domain/operation/operation.ts'
import { notMeasured } from './not-measured.ts'

const moved: SwitchoverResult = {
  newLeader: 'pg-node-1',
  oldLeader: 'pg-node-3',
  timelineBefore: 4,
  timelineAfter: 4,
  interruptionMs: null,
  interruptionBasis: null,
}

test('in a standby cluster nothing failed to be measured', () => {
  expect(notMeasured(moved)).toBe('No writes stopped: the leader of a standby cluster takes none.')
})

test('a measurement that was interrupted, or a lead that did not move, is told as such', () => {
  const basis = 'Not measured: the looks were interrupted while the lead moved.'
  expect(notMeasured({ ...moved, interruptionBasis: basis })).toBe('The interruption could not be measured.')
  expect(notMeasured({ ...moved, newLeader: null })).toBe('The interruption could not be measured.')
})
