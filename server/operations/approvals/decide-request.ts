import { type Binding, decisionText, isSameBinding } from '#domain/approvals/binding.ts'
import { decisionFault } from '#domain/approvals/decision-fault.ts'
import { reasonFault, reasonWithin } from '#domain/reason.ts'
import type { Proof } from '#domain/people/proof.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { whyForbidden } from '../request/actor.ts'
import { targetOf } from '../engine/end.ts'
import type { CheckProof } from './check-proof.ts'
import { endRequest } from './end-request.ts'
import { findPerson } from './find-person.ts'
import { holdRequest } from './hold-request.ts'
import { requestDetail } from './plan-record.ts'
import { readRequest } from './read-request.ts'
import { whyProofVoid } from './why-proof-void.ts'

/** A decision as the web tier passes it on. Nothing of it is believed but for the proof. */
export interface DecisionGiven {
  operationId: string
  userId: string
  decision: 'approve' | 'reject'
  reason: string
  /** What stood on the page. */
  seen: Binding
  proof: Proof
}

/**
 * Worker side: keeps a decision on a request, by a person who proves to be it. Throws AppError with the sentence to be told where it may not
 * be; the proof is bound to what is decided and used up.
 */
export async function decideRequest(store: Store, checkProof: CheckProof, given: DecisionGiven): Promise<void> {
  const answer = await inTransaction(store, async (tx) => {
    const { operation, request } = await holdRequest(tx, given.operationId)
    const { asked, need, standing } = request
    const actor = await findPerson(tx, given.userId)
    const by = { id: given.userId, name: actor.record.name }
    if (actor.record.kind !== 'user') return refused('A token cannot approve: a person does, with a second factor.')
    const forbidden = whyForbidden(actor, 'operations.approve', await clusterScopeOf(tx, operation.clusterId))
    if (forbidden !== null) return refused(forbidden)
    if (given.decision === 'reject') {
      const fault = reasonFault(given.reason)
      if (fault !== null) return refused(fault)
    }
    if (!isSameBinding(given.seen, asked.bound))
      return refused('What you looked at is not what stands here now. Open the request anew and look again.')
    const fault = decisionFault(asked, need, standing, { ...by, decision: given.decision })
    if (fault !== null) return refused(fault)
    const proven = await checkProof(tx, {
      userId: by.id,
      purpose: given.decision,
      subject: decisionText(operation.id, given.decision, asked.bound),
      proof: given.proof,
      needsVouched: true,
    })
    if (!proven.ok) return refused(proven.sentence)
    if (given.decision === 'approve') {
      const { factorId } = proven
      const proofVoid = await whyProofVoid(tx, { factorId, requesterId: asked.requester.id })
      if (proofVoid !== null) return refused(proofVoid)
    }
    const { planHash, leader, timeline, systemIdentifier } = asked.bound
    await tx.query(
      `insert into approval (operation_id, approver_id, approver_name, decision, reason, factor_id, plan_hash, leader, timeline,
                             system_identifier, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp())`,
      [
        operation.id,
        by.id,
        by.name,
        given.decision,
        given.reason.trim(),
        proven.factorId,
        planHash,
        leader,
        timeline,
        systemIdentifier,
      ],
    )
    const cluster = { clusterId: operation.clusterId, clusterName: operation.clusterName }
    const did = given.decision === 'approve' ? 'approved' : 'rejected'
    const sentence = `${by.name} ${did} what ${operation.requestedBy.name} asked for: "${reasonWithin(operation.reason)}".`
    await tellEvents(
      tx,
      cluster,
      [
        {
          kind: 'approval-given',
          at: new Date(),
          member: null,
          severity: 'info',
          sentence,
          from: null,
          to: did,
          sources: ['console'],
        },
      ],
      operation.id,
    )
    await recordAudit(tx, {
      actor: actor.record,
      action: given.decision === 'approve' ? 'approvals.approve' : 'approvals.reject',
      target: targetOf(operation),
      cluster: { id: operation.clusterId, name: operation.clusterName },
      reason: given.reason.trim() === '' ? null : given.reason.trim(),
      outcome: 'done',
      operationId: operation.id,
      detail: requestDetail(operation, { decision: given.decision, by, factor: proven.factorId, bound: asked.bound }),
    })
    await notify(tx, { kind: 'operation', clusterId: operation.clusterId, id: operation.id })
    const after = await readRequest(tx, operation, new Date())
    if (after?.standing.kind === 'over') await endRequest(tx, operation, after.standing)
    return null
  })
  if (answer !== null) throw new AppError('refused', answer.refusal)
}

function refused(refusal: string): { refusal: string } {
  return { refusal }
}
