import type { PolicyDraft } from './policy.ts'

/** A change of a policy: one that is set, new where the id is null, or one that is taken away. */
export type PolicyWish = { kind: 'set'; id: string | null; draft: PolicyDraft } | { kind: 'remove'; id: string }

/** The text that a proof of the change is bound to: the same change has the same text wherever it is written. */
export function policyText(wish: PolicyWish): string {
  if (wish.kind === 'remove') return JSON.stringify({ remove: wish.id })
  const { name, scope, acts, approvals, countsForSeconds, runWithinSeconds, allowsBreakGlass } = wish.draft
  const draft = { name, scope, acts, approvals, countsForSeconds, runWithinSeconds, allowsBreakGlass }
  return JSON.stringify({ set: wish.id, draft })
}
