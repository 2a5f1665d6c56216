import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import type { Proof } from '#domain/people/proof.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { deletePolicy, findPolicy, savePolicy } from '#server/store/approvals/policies.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { whyForbidden } from '../request/actor.ts'
import type { CheckProof } from './check-proof.ts'
import { findPerson } from './find-person.ts'
import { lackingIn, tellWeakened } from './tell-weakened.ts'
import { policyText, type PolicyWish } from '#domain/approvals/policy-text.ts'

/** A change of a policy as the web tier passes it on; nothing of it is believed but for the proof. */
export type PolicyChange = PolicyWish & { userId: string; proof: Proof }

/** Worker side: changes a policy for who proves to be an administrator: whoever could write it down alone could do without approval. Where less is asked than before everybody is told. Throws AppError. */
export async function changePolicy(
  store: Store,
  checkProof: CheckProof,
  change: PolicyChange,
): Promise<ApprovalPolicy | null> {
  const answer = await inTransaction(store, async (tx) => {
    const actor = await findPerson(tx, change.userId)
    if (actor.record.kind !== 'user')
      return { refusal: 'A token cannot change a policy: a person does, with a second factor.' }
    const forbidden = whyForbidden(actor, 'policies.manage', 'everywhere')
    if (forbidden !== null) return { refusal: forbidden }
    const before = change.id === null ? null : await findPolicy(tx, change.id)
    if (change.id !== null && before === null) return { refusal: 'There is no such policy any more.' }
    const proven = await checkProof(tx, {
      userId: change.userId,
      purpose: 'policy',
      subject: policyText(change),
      proof: change.proof,
      needsVouched: true,
    })
    if (!proven.ok) return { refusal: proven.sentence }
    const lacked = before === null ? null : await lackingIn(tx, before.scope)
    let after: ApprovalPolicy | null = null
    if (change.kind === 'remove') await deletePolicy(tx, change.id)
    else {
      after = await savePolicy(tx, change.id, change.draft, { id: change.userId, name: actor.record.name })
      if (after === null) return { refusal: `There is a policy ${change.draft.name} already.` }
    }
    const told =
      before === null || lacked === null
        ? []
        : await tellWeakened(tx, { who: actor.record.name, before, after, lacked })
    await recordAudit(tx, {
      actor: actor.record,
      action: change.kind === 'remove' ? 'policies.remove' : 'policies.set',
      target: (after ?? before)?.name ?? '',
      cluster: null,
      reason: null,
      outcome: 'done',
      operationId: null,
      detail: { before, after, factor: proven.factorId, ...(told.length > 0 && { told }) },
    })
    await notify(tx, { kind: 'clusters' })
    return { after }
  })
  if ('refusal' in answer) throw new AppError('refused', answer.refusal)
  return answer.after
}
