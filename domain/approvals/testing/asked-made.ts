import type { Binding } from '#domain/approvals/binding.ts'
import type { Asked, GivenDecision } from '#domain/approvals/judge-request.ts'
import type { Need } from '#domain/approvals/policy.ts'

export const askedAt = new Date('2026-11-26T10:00:00Z')

export const bound: Binding = { planHash: 'f'.repeat(64), leader: 'pg-node-3', timeline: 4, systemIdentifier: '7' }

export const need: Need = {
  approvals: 1,
  countsForSeconds: 3_600,
  runWithinSeconds: 900,
  allowsBreakGlass: true,
  policies: ['production'],
  setBy: ['eve'],
}

export const cluster = { leader: 'pg-node-3', timeline: 4, systemIdentifier: '7' }

/** A request of Ada's as it was just asked for. */
export function askedMade(part: Partial<Asked> = {}): Asked {
  return {
    clusterName: 'orders',
    requester: { id: 'ada', name: 'Ada', madeBy: null },
    requesterProblem: null,
    askedAt,
    neededThen: need,
    bound,
    isPlanEdited: false,
    decisions: [],
    withdrawnBy: null,
    ...part,
  }
}

/** An approval some minutes after the request. */
export function approvalBy(name: string, minutes = 1, part: Partial<GivenDecision> = {}): GivenDecision {
  return {
    approver: { id: name.toLowerCase(), name },
    decision: 'approve',
    reason: '',
    at: after(minutes),
    bound,
    problem: null,
    ...part,
  }
}

export function after(minutes: number): Date {
  return new Date(askedAt.getTime() + minutes * 60_000)
}
