import { expect, test } from 'vitest'
import type { Decision, Way, WayKind } from '#domain/operation/question.ts'
import { decisionFault } from './decision-fault.ts'

const ways: Way[] = (['retry', 'move'] as const).map((kind) => ({ kind, title: kind, sentence: '', isFinal: false }))
const decision = (way: WayKind, target: Decision['target'] = null): Decision => ({
  step: 4,
  way,
  target,
  reason: 'r',
  by: 'Ada',
  at: new Date(),
})

test('a way that the question offers is taken', () => {
  expect(decisionFault(ways, decision('retry'))).toBe(null)
  expect(decisionFault(ways, decision('move', { type: 'default', timeline: null }))).toBe(null)
})

test('any other is none, whatever it would mean elsewhere', () => {
  expect(decisionFault(ways, decision('commit'))).toBe(
    'The way "commit" was not offered: the question offers "retry" and "move". See who can write to the console\'s store.',
  )
})

test('a target goes with moving alone, and must be one', () => {
  expect(decisionFault(ways, decision('retry', { type: 'default', timeline: null }))).toContain('no target')
  expect(decisionFault(ways, decision('move'))).toContain('no target')
})
