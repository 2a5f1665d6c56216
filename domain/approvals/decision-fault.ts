import { isSameBinding } from './binding.ts'
import { type Asked, isRequester, type RequestStanding } from './judge-request.ts'
import type { Need } from './policy.ts'

/** Why this person may not decide on this request; null = may. Withholding is open to the policy's author as well. */
export function decisionFault(
  asked: Asked,
  need: Need | null,
  standing: RequestStanding,
  by: { id: string; name: string; decision: 'approve' | 'reject' },
): string | null {
  if (standing.kind === 'over') return standing.sentence
  if (isRequester(asked, by))
    return 'You asked for this yourself: somebody else has to decide on it. You can take the request back.'
  if (by.decision === 'approve' && need?.setBy.includes(by.id))
    return `You set the policy ${need.policies.join(' and ')} as it stands, so you do not approve under it: that would be both persons in one.`
  const before = asked.decisions.find(({ approver }) => approver.id === by.id)
  if (before && isSameBinding(before.bound, asked.bound)) {
    return before.decision === 'approve'
      ? 'You approved this already; another approval has to come from somebody else.'
      : 'You rejected this already.'
  }
  if (standing.kind === 'approved' && by.decision === 'approve') return 'It has all the approvals that it needs.'
  return null
}
