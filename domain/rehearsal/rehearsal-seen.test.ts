import { expect, test } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import { rehearsalSeenOf } from './rehearsal-seen.ts'

const endedAt = new Date('2026-11-25T14:00:00.000Z')
const ended = { state: 'failed', endedAt, outcome: 'The restore broke off.', result: null } as const

test('a report says whether the backups yield the moment', () => {
  const result = { kind: 'rehearsal', isGood: true, fault: null } as Operation['result']
  expect(rehearsalSeenOf({ ...ended, state: 'succeeded', result })).toEqual({ endedAt, isGood: true, fault: null })
})

test('one that failed on its way is no good sign, one that was stopped or goes on is no sign', () => {
  expect(rehearsalSeenOf(ended)).toEqual({ endedAt, isGood: false, fault: 'The restore broke off.' })
  expect(rehearsalSeenOf({ ...ended, state: 'cancelled' })).toBeNull()
  expect(rehearsalSeenOf({ ...ended, state: 'running', endedAt: null })).toBeNull()
})
