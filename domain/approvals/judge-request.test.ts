import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decisionFault } from './decision-fault.ts'
import { type Asked, countingOf, type GivenDecision, judgeRequest } from './judge-request.ts'
import type { Need } from './policy.ts'
import { after, approvalBy, askedAt, askedMade, bound, cluster, need } from './testing/asked-made.ts'

test('a request stands open until an approval comes, and may then be run for a while', () => {
  expect(judgeRequest(askedMade(), need, cluster, after(5))).toEqual({
    kind: 'open',
    given: 0,
    missing: 1,
    untilAt: after(60),
  })
  const approved = askedMade({ decisions: [approvalBy('Bob', 5)] })
  expect(judgeRequest(approved, need, cluster, after(6))).toEqual({ kind: 'approved', untilAt: after(20) })
})

test('two approvals are of two persons', () => {
  const two = { ...need, approvals: 2 }
  const asked = askedMade({ neededThen: two, decisions: [approvalBy('Bob', 1), approvalBy('Bob', 2)] })
  expect(judgeRequest(asked, two, cluster, after(3))).toMatchObject({ kind: 'open', given: 1, missing: 1 })
  const both = { ...asked, decisions: [approvalBy('Bob', 1), approvalBy('Cem', 2)] }
  expect(judgeRequest(both, two, cluster, after(3))).toEqual({ kind: 'approved', untilAt: after(17) })
})

describe('what makes a request void says so', () => {
  const approved = { decisions: [approvalBy('Bob')] }
  const cases: [string, Partial<Asked>, Need | null, typeof cluster, string, RegExp][] = [
    ['an edited plan', { ...approved, isPlanEdited: true }, need, cluster, 'void', /plan was changed/],
    ['another leader', approved, need, { ...cluster, leader: 'pg-node-1' }, 'void', /pg-node-1 leads now/],
    ['another timeline', approved, need, { ...cluster, timeline: 5 }, 'void', /timeline 4 .* on timeline 5 now/],
    ['another system', approved, need, { ...cluster, systemIdentifier: '8' }, 'void', /another system identifier/],
    [
      'an approver who is disabled',
      { decisions: [approvalBy('Bob', 1, { problem: 'Bob has been disabled since.' })] },
      need,
      cluster,
      'void',
      /approval by Bob does not count any more. Bob has been disabled since/,
    ],
    [
      'a requester who is disabled',
      { ...approved, requesterProblem: 'Ada has been disabled since.' },
      need,
      cluster,
      'void',
      /Ada has been disabled since/,
    ],
    ['a stricter policy', approved, { ...need, approvals: 2 }, cluster, 'void', /made stricter/],
    ['a shorter time to run', approved, { ...need, runWithinSeconds: 60 }, cluster, 'void', /made stricter/],
    [
      'an approval of something else',
      { decisions: [approvalBy('Bob', 1, { bound: { ...bound, planHash: '0' } })] },
      need,
      cluster,
      'void',
      /What Bob approved is not what stands here/,
    ],
    [
      'a rejection',
      { decisions: [approvalBy('Bob', 1, { decision: 'reject', reason: 'Not today.' })] },
      need,
      cluster,
      'rejected',
      /Bob rejected it: Not today/,
    ],
    ['a withdrawal', { ...approved, withdrawnBy: 'Ada' }, need, cluster, 'withdrawn', /Ada took the request back/],
  ]
  test.each(cases)('%s', (_, part, now, seen, why, says) => {
    expect(judgeRequest(askedMade(part), now, seen, after(2))).toMatchObject({
      kind: 'over',
      why,
      sentence: expect.stringMatching(says),
    })
  })
})

test('time runs out: for a request without approvals, and for one that is approved and not run', () => {
  expect(judgeRequest(askedMade(), need, cluster, after(61))).toMatchObject({ kind: 'over', why: 'expired' })
  const approved = askedMade({ decisions: [approvalBy('Bob', 5)] })
  expect(judgeRequest(approved, need, cluster, after(21))).toMatchObject({
    kind: 'over',
    why: 'expired',
    sentence: expect.stringContaining('not run within 15 min'),
  })
})

test('who asked, who set the policy and who decided before do not approve', () => {
  const open = judgeRequest(askedMade(), need, cluster, after(1))
  const by = (id: string, decision: 'approve' | 'reject' = 'approve') => ({ id, name: id, decision })
  expect(decisionFault(askedMade(), need, open, by('ada'))).toMatch(/You asked for this yourself/)
  expect(decisionFault(askedMade(), need, open, by('eve'))).toMatch(/You set the policy production/)
  expect(decisionFault(askedMade(), need, open, by('eve', 'reject'))).toBeNull()
  expect(decisionFault(askedMade(), need, open, by('bob'))).toBeNull()
  const byToken = askedMade({ requester: { id: 'token', name: 'ci', madeBy: 'bob' } })
  expect(decisionFault(byToken, need, open, by('bob'))).toMatch(/You asked for this yourself/)
  const two = { ...need, approvals: 2 }
  const half = askedMade({ neededThen: two, decisions: [approvalBy('Bob')] })
  expect(decisionFault(half, two, judgeRequest(half, two, cluster, after(2)), by('bob'))).toMatch(
    /approved this already/,
  )
})

const decision = fc.record({
  approver: fc.constantFrom('ada', 'bob', 'cem', 'dan', 'eve').map((id) => ({ id, name: id })),
  decision: fc.constantFrom('approve' as const, 'reject' as const),
  reason: fc.constant(''),
  at: fc.integer({ min: 0, max: 120 }).map(after),
  bound: fc.constantFrom(
    bound,
    { ...bound, planHash: '0' },
    { ...bound, leader: 'pg-node-1' },
    { ...bound, timeline: 5 },
  ),
  problem: fc.constantFrom(null, 'Is disabled.'),
}) satisfies fc.Arbitrary<GivenDecision>

const needs = fc.record({
  approvals: fc.constantFrom(1, 2),
  countsForSeconds: fc.constantFrom(300, 3_600),
  runWithinSeconds: fc.constantFrom(60, 900),
  allowsBreakGlass: fc.boolean(),
  policies: fc.constant(['production']),
  setBy: fc.constantFrom<string[]>([], ['eve'], ['bob']),
}) satisfies fc.Arbitrary<Need>

const clusters = fc.record({
  leader: fc.constantFrom('pg-node-3', 'pg-node-1', null),
  timeline: fc.constantFrom(4, 5, null),
  systemIdentifier: fc.constantFrom('7', '8', null),
})

const asks = fc
  .record({
    decisions: fc.array(decision, { maxLength: 6 }),
    neededThen: needs,
    isPlanEdited: fc.boolean(),
    requesterProblem: fc.constantFrom(null, 'Is disabled.'),
    withdrawnBy: fc.constantFrom(null, 'Ada'),
  })
  .map(askedMade)

test('nothing is ever runnable without enough distinct approvers other than whoever asked', () => {
  fc.assert(
    fc.property(asks, needs, clusters, fc.integer({ min: 0, max: 200 }), (asked, now, seen, minutes) => {
      const standing = judgeRequest(asked, now, seen, after(minutes))
      if (standing.kind !== 'approved') return
      const persons = new Set(
        asked.decisions
          .filter(({ decision: each, problem }) => each === 'approve' && problem === null)
          .map(({ approver }) => approver.id)
          .filter((id) => id !== 'ada' && !now.setBy.includes(id)),
      )
      expect(persons.size).toBeGreaterThanOrEqual(now.approvals)
    }),
  )
})

test('nothing is runnable once anything it is bound to has changed', () => {
  fc.assert(
    fc.property(asks, needs, clusters, fc.integer({ min: 0, max: 200 }), (asked, now, seen, minutes) => {
      const standing = judgeRequest(asked, now, seen, after(minutes))
      if (standing.kind !== 'approved') return
      expect(asked.isPlanEdited).toBe(false)
      expect(asked.requesterProblem).toBeNull()
      expect(asked.withdrawnBy).toBeNull()
      expect(seen.leader).toBe(bound.leader)
      expect([bound.timeline, null]).toContain(seen.timeline)
      expect([bound.systemIdentifier, null]).toContain(seen.systemIdentifier)
      expect(asked.decisions.every(({ decision: each }) => each === 'approve')).toBe(true)
      expect(now.approvals).toBeLessThanOrEqual(asked.neededThen.approvals)
      for (const { at } of countingOf(asked, now, after(minutes)))
        expect(after(minutes).getTime() - at.getTime()).toBeLessThanOrEqual(now.countsForSeconds * 1000)
    }),
  )
})

test('once over for time it stays over', () => {
  fc.assert(
    fc.property(asks, needs, fc.nat(100), fc.nat(100), (asked, now, minutes, later) => {
      // What was decided is known before it is looked at.
      const known = { ...asked, decisions: asked.decisions.filter(({ at }) => at <= after(minutes)) }
      if (judgeRequest(known, now, cluster, after(minutes)).kind !== 'over') return
      expect(judgeRequest(known, now, cluster, after(minutes + later)).kind).toBe('over')
    }),
  )
})

test('a request without a policy any more needs nobody', () => {
  expect(judgeRequest(askedMade(), null, cluster, new Date(askedAt.getTime() + 1000)).kind).toBe('approved')
})
