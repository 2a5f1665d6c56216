import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'

/** What a plan was made for. */
export type Expected = Pick<SwitchoverPlan, 'leader' | 'timeline' | 'systemIdentifier'>

/** How the cluster differs now from what a plan was made for, in a sentence; null while it does not. */
export function driftOf(now: Expected & { clusterName: string }, expected: Expected): string | null {
  if (now.leader !== expected.leader) {
    const present = now.leader === '' ? 'nobody leads now' : `${now.leader} leads now`
    return `The plan was made while ${expected.leader || 'nobody'} led ${now.clusterName}; ${present}. Look at the cluster again before you act.`
  }
  if (differ(now.timeline, expected.timeline)) {
    return `The plan was made on timeline ${expected.timeline} of ${now.clusterName}, which is on timeline ${now.timeline} now: the lead moved meanwhile. Look at the cluster again before you act.`
  }
  if (differ(now.systemIdentifier, expected.systemIdentifier)) {
    return `${now.clusterName} has another system identifier than when the plan was made (${now.systemIdentifier} instead of ${expected.systemIdentifier}): these are not the same data.`
  }
  return null
}

/** A value not seen at one of the two times proves nothing. */
function differ<T>(now: T | null, expected: T | null): boolean {
  return now !== null && expected !== null && now !== expected
}
