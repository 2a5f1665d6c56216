/** What a decision on a request is bound to: what will be done, and the cluster as it stood. */
export interface Binding {
  planHash: string
  leader: string
  timeline: number | null
  systemIdentifier: string | null
}

/** How the cluster stands now; null = the console does not see it. */
export interface Standing {
  leader: string | null
  timeline: number | null
  systemIdentifier: string | null
}

/** How the cluster differs from what was bound, in a sentence; null while it does not. A value not seen at one of the two times proves nothing. */
export function changedSince(bound: Omit<Binding, 'planHash'>, now: Standing, clusterName: string): string | null {
  if ((now.leader ?? '') !== bound.leader) {
    const present = now.leader === null || now.leader === '' ? 'nobody leads now' : `${now.leader} leads now`
    return `It was asked for while ${bound.leader || 'nobody'} led ${clusterName}; ${present}.`
  }
  if (differ(bound.timeline, now.timeline)) {
    return `It was asked for on timeline ${bound.timeline} of ${clusterName}, which is on timeline ${now.timeline} now: the lead moved meanwhile.`
  }
  if (differ(bound.systemIdentifier, now.systemIdentifier))
    return `${clusterName} has another system identifier than when it was asked for: these are not the same data.`
  return null
}

/** True where both speak of the same plan and the same state of the cluster. */
export function isSameBinding(one: Binding, other: Binding): boolean {
  return (
    one.planHash === other.planHash &&
    one.leader === other.leader &&
    one.timeline === other.timeline &&
    one.systemIdentifier === other.systemIdentifier
  )
}

/** The text that a proof of a decision is bound to: the same decision has the same text wherever it is written. */
export function decisionText(
  operationId: string,
  decision: 'approve' | 'reject',
  { planHash, leader, timeline, systemIdentifier }: Binding,
): string {
  return JSON.stringify({ decision, leader, operationId, planHash, systemIdentifier, timeline })
}

function differ<T>(one: T | null, other: T | null): boolean {
  return one !== null && other !== null && one !== other
}
