import { expect, test } from 'vitest'
import { emptyGrant, grantIn, grantsIn } from './grant-form.ts'

test('a right is of everything, of one cluster or of a label', () => {
  expect(grantIn(emptyGrant)).toEqual({ role: 'viewer', scope: { kind: 'all' } })
  expect(grantIn({ role: 'operator', kind: 'cluster', place: ' orders ' })).toEqual({
    role: 'operator',
    scope: { kind: 'cluster', cluster: 'orders' },
  })
  expect(grantIn({ role: 'operator', kind: 'label', place: 'prod' })).toEqual({
    role: 'operator',
    scope: { kind: 'label', label: 'prod' },
  })
})

test('while a place is missing of one, nothing is said', () => {
  expect(grantIn({ role: 'operator', kind: 'label', place: ' ' })).toBeNull()
  expect(grantsIn([emptyGrant, { role: 'viewer', kind: 'cluster', place: '' }])).toBeNull()
})
