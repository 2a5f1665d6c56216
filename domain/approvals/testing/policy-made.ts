import type { ApprovalPolicy } from '../policy.ts'
import { askedAt } from './asked-made.ts'

/** A policy for switchovers and recoveries on what is labelled `prod`. */
export function madePolicy(over: Partial<ApprovalPolicy> = {}): ApprovalPolicy {
  return {
    id: 'p',
    name: 'production',
    scope: { kind: 'label', label: 'prod' },
    acts: ['switchover', 'restore'],
    approvals: 1,
    countsForSeconds: 3_600,
    runWithinSeconds: 900,
    allowsBreakGlass: true,
    changedBy: { id: 'eve', name: 'Eve' },
    changedAt: askedAt,
    ...over,
  }
}
