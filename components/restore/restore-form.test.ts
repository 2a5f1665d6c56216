import { expect, test } from 'vitest'
import { at, later, restorePlan } from '#components/operation/testing-operation.ts'
import { whatIsMissing } from './restore-form.ts'

const filled = {
  target: restorePlan.target,
  plan: restorePlan,
  isOvertaken: false,
  reason: 'orders was dropped',
  typedName: 'shop',
  cluster: 'shop',
  now: at,
}

test('with everything given nothing is missing', () => {
  expect(whatIsMissing(filled)).toBeNull()
})

test.each([
  ['where to go back to', { target: null }, /^Say first where/u],
  ['a plan', { plan: null }, /not there yet/u],
  ['a plan of now', { now: later(1) }, /^The plan was made 1 min ago/u],
  ['the leader it was made for', { isOvertaken: true }, /has changed/u],
  ['a way clear of blockers', { plan: { ...restorePlan, blockers: ['No agent answers.'] } }, /^No agent answers\.$/u],
  ['a reason', { reason: ' ' }, /^Say why/u],
  ['the name', { typedName: 'Shop' }, /^Type shop/u],
])('without %s it cannot be confirmed, and that is said', (_, change, sentence) => {
  expect(whatIsMissing({ ...filled, ...change })).toMatch(sentence)
})
