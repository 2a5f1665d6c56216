import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStricter, needOf, type ApprovalPolicy } from './policy.ts'
import { madePolicy } from './testing/policy-made.ts'
import { weakenedSentence } from './weakened.ts'

const before = madePolicy({ approvals: 2, allowsBreakGlass: false })
const cluster = { id: 'c', name: 'orders', labels: ['prod'] }
const said = (after: Partial<ApprovalPolicy> | null, frees = 0, was: ApprovalPolicy = before) =>
  weakenedSentence({ who: 'Cem', before: was, after: after && { ...was, ...after }, cluster, frees })

test('a policy that is taken away tells what it asked for', () => {
  expect(said(null)).toBe(
    'Cem took away the policy production. On orders it asked for 2 approvals by others for a switchover and a recovery in place, and let nobody act alone.',
  )
  expect(said(null, 1, { ...before, approvals: 1, allowsBreakGlass: true, acts: ['restore'] })).toBe(
    'Cem took away the policy production. On orders it asked for 1 approval by others for a recovery in place. 1 request that waits can be run without another approval now.',
  )
})

test('one that does not govern the cluster any more tells as much', () => {
  expect(said({ scope: { kind: 'cluster', clusterId: 'd' } }, 2)).toBe(
    'Cem took orders out of the policy production. On orders it asked for 2 approvals by others for a switchover and a recovery in place, and let nobody act alone. 2 requests that wait can be run without another approval now.',
  )
})

test('one that was made milder tells by what', () => {
  expect(
    said({
      acts: ['restore', 'failover'],
      approvals: 1,
      countsForSeconds: 7_200,
      runWithinSeconds: 3_600,
      allowsBreakGlass: true,
    }),
  ).toBe(
    'Cem made the policy production milder. On orders it does not govern a switchover any more, asks for 1 approval instead of 2, lets approvals count for 2 h instead of 1 h, lets what is approved be run within 1 h instead of 15 min, and lets one person act alone.',
  )
  expect(said({ runWithinSeconds: 3_600 })).toBe(
    'Cem made the policy production milder. On orders it lets what is approved be run within 1 h instead of 15 min.',
  )
})

test('one that was left as it was or made stricter, and one that never governed the cluster, tell nothing', () => {
  expect(said({ name: 'renamed' })).toBeNull()
  expect(said({ scope: { kind: 'all' }, acts: ['switchover', 'restore', 'failover'] })).toBeNull()
  expect(said({ countsForSeconds: 300, runWithinSeconds: 60 })).toBeNull()
  const away = { ...cluster, labels: ['test'] }
  expect(weakenedSentence({ who: 'Cem', before, after: null, cluster: away, frees: 0 })).toBeNull()
})

test('whenever less is asked of an act on the cluster, it is told', () => {
  const policy = fc.record({
    acts: fc.subarray(['switchover', 'restore', 'failover'] as const, { minLength: 1 }),
    approvals: fc.constantFrom(1 as const, 2 as const),
    countsForSeconds: fc.constantFrom(300, 3_600, 7_200),
    runWithinSeconds: fc.constantFrom(60, 900),
    allowsBreakGlass: fc.boolean(),
    scope: fc.constantFrom<ApprovalPolicy['scope']>(
      { kind: 'all' },
      { kind: 'label', label: 'prod' },
      { kind: 'label', label: 'test' },
    ),
  })
  fc.assert(
    fc.property(policy, policy, fc.constantFrom('switchover' as const, 'restore' as const), (one, other, act) => {
      const [was, is] = [one, other].map((part) => ({ ...before, ...part }) as ApprovalPolicy)
      if (!was || !is) throw new Error('no policies')
      const [then, now] = [needOf([was], act, cluster), needOf([is], act, cluster)]
      const isLess =
        then !== null && (now === null || isStricter(then, now) || (now.allowsBreakGlass && !then.allowsBreakGlass))
      const isTold = weakenedSentence({ who: 'Cem', before: was, after: is, cluster, frees: 0 }) !== null
      expect(isLess && !isTold).toBe(false)
    }),
  )
})
