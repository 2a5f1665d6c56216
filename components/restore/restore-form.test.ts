import { expect, test } from 'vitest'
import { second } from '#domain/testing/operation-made.ts'
import { hour } from '#domain/testing/restore-case.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'
import { whatIsMissing } from './restore-form.ts'

const restorePlan = madeRestorePlan()

const filled = {
  target: restorePlan.target,
  plan: restorePlan,
  isOvertaken: false,
  reason: 'orders was dropped',
  typedName: 'shop',
  cluster: 'shop',
  now: hour,
}

test('with everything given nothing is missing', () => {
  expect(whatIsMissing(filled)).toBeNull()
})

test.each([
  ['where to go back to', { target: null }, /^Say first where/u],
  ['a plan', { plan: null }, /not there yet/u],
  ['a plan of now', { now: second(60) }, /^The plan was made 1 min ago/u],
  ['the leader it was made for', { isOvertaken: true }, /has changed/u],
  ['a way clear of blockers', { plan: { ...restorePlan, blockers: ['No agent answers.'] } }, /^No agent answers\.$/u],
  ['a reason', { reason: ' ' }, /^Say why/u],
  ['the name', { typedName: 'Shop' }, /^Type shop/u],
])('without %s it cannot be confirmed, and that is said', (_, change, sentence) => {
  expect(whatIsMissing({ ...filled, ...change })).toMatch(sentence)
})
