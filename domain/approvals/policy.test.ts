import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakGlassFault } from './break-glass.ts'
import { isStricter, needOf } from './policy.ts'
import { policyActOf } from './policy-act.ts'
import { madePolicy } from './testing/policy-made.ts'

const base = madePolicy()
const orders = { id: 'c', labels: ['prod', 'eu'] }

test('a policy governs the acts that it names, on the clusters that it is for', () => {
  expect(needOf([], 'restore', orders)).toBeNull()
  expect(needOf([base], 'restore', orders)).toMatchObject({ approvals: 1, policies: ['production'], setBy: ['eve'] })
  expect(needOf([base], 'rehearsal', orders)).toBeNull()
  expect(needOf([base], null, orders)).toBeNull()
  expect(needOf([base], 'restore', { id: 'c', labels: ['test'] })).toBeNull()
  expect(needOf([{ ...base, scope: { kind: 'cluster', clusterId: 'c' } }], 'restore', orders)).not.toBeNull()
  expect(needOf([{ ...base, scope: { kind: 'cluster', clusterId: 'd' } }], 'restore', orders)).toBeNull()
  expect(needOf([{ ...base, scope: { kind: 'all' } }], 'restore', { id: 'x', labels: [] })).not.toBeNull()
})

test('of several policies the strictest of each counts', () => {
  const all = { ...base, id: 'q', name: 'all', scope: { kind: 'all' }, approvals: 2, allowsBreakGlass: false } as const
  expect(needOf([base, all], 'switchover', orders)).toMatchObject({
    approvals: 2,
    allowsBreakGlass: false,
    policies: ['all', 'production'],
  })
})

test('a scheduled switchover is a switchover; calling one off needs nobody', () => {
  expect(policyActOf('schedule-switchover')).toBe('switchover')
  expect(policyActOf('cancel-scheduled-switchover')).toBeNull()
  expect(policyActOf('backup')).toBeNull()
})

test('acting alone needs a policy that lets one, and a reason that says something', () => {
  const need = needOf([base], 'restore', orders)
  expect(breakGlassFault(need, 'short')).toMatch(/at least 20 characters/)
  expect(breakGlassFault(need, 'the site is down and nobody else answers')).toBeNull()
  expect(breakGlassFault(need && { ...need, allowsBreakGlass: false }, 'x'.repeat(40))).toMatch(/nobody act alone/)
})

test('another policy never makes an act need less', () => {
  const policy = fc.record({
    approvals: fc.constantFrom(1 as const, 2 as const),
    countsForSeconds: fc.integer({ min: 300, max: 86_400 }),
    runWithinSeconds: fc.integer({ min: 60, max: 14_400 }),
    allowsBreakGlass: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 4 }), policy, (some, more) => {
      const made = (parts: typeof some) => parts.map((part) => ({ ...base, ...part }))
      const before = needOf(made(some), 'restore', orders)
      const after = needOf(made([...some, more]), 'restore', orders)
      if (before === null || after === null) throw new Error('no need')
      expect(isStricter(before, after)).toBe(
        before.approvals > after.approvals ||
          before.countsForSeconds < after.countsForSeconds ||
          before.runWithinSeconds < after.runWithinSeconds,
      )
      expect(after.approvals).toBeGreaterThanOrEqual(before.approvals)
      expect(after.allowsBreakGlass && !before.allowsBreakGlass).toBe(false)
    }),
  )
})
