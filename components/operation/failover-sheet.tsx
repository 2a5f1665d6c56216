'use client'

import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import type { Judged } from '#components/cluster/judge.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useForbidden } from '#components/maintenance/use-forbidden.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import { CandidateList } from './candidate-list.tsx'
import { ConfirmFields } from './confirm-fields.tsx'
import { useFailoverForm } from './failover-form.ts'
import { operationName } from './operation-words.ts'
import { PlanView } from './plan-view.tsx'
import { Problem } from './problem.tsx'
import { useOpenOperation } from './use-open-operation.ts'

interface FailoverSheetProps {
  isOpen: boolean
  onClose: () => void
  judged: Judged
}

/** Everything that must be known before a leader is named, above all what that loses, and the one button that does it. */
export function FailoverSheet({ isOpen, onClose, judged }: FailoverSheetProps) {
  const trpc = useTRPC()
  const form = useFailoverForm(judged)
  const { plan } = form
  const approval = useApproval(plan.clusterName, isOpen ? plan.kind : null, form.reason)
  const missing = useForbidden(plan.clusterName)(plan.kind) ?? form.missing ?? approval.missing
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.failover.request.mutationOptions({ onSuccess }))
  const asked = {
    cluster: plan.clusterName,
    candidate: plan.candidate ?? '',
    reason: form.reason,
    confirmName: form.typedName,
    expected: { leader: plan.leader, timeline: plan.timeline, systemIdentifier: plan.systemIdentifier },
    idempotencyKey: form.idempotencyKey,
    approval: approval.wish,
  }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || request.isPending || request.isSuccess) return
    request.mutate(asked)
  }

  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={`Fail over ${plan.clusterName}`}
      description={standingOf(plan)}
      footer={
        <div className="grid gap-3">
          {request.error ? <Problem sentence={errorSentence(request.error)} /> : null}
          <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form="failover"
              tone="lead"
              disabledReason={missing}
              isBusy={request.isPending || request.isSuccess}
            >
              {approval.label(operationName(plan))}
            </Button>
          </div>
        </div>
      }
    >
      <form id="failover" onSubmit={confirm} className="grid gap-7">
        {form.isOvertaken ? (
          <Problem sentence={`${standingOf(plan)} Close this and look again before you decide.`} />
        ) : null}
        <CandidateList candidates={form.candidates} chosen={form.candidate} onChoose={form.setCandidate} />
        <PlanView plan={plan} names={judged.snapshot.members.map(({ name }) => name)} />
        <ConfirmFields
          clusterName={plan.clusterName}
          reason={form.reason}
          onReason={form.setReason}
          typedName={form.typedName}
          onTypedName={form.setTypedName}
          errors={fieldErrors(request.error)}
        />
        <ApprovalFields form={approval} />
        <AsCurl procedure="failover.request" input={asked} />
      </form>
    </Sheet>
  )
}

function standingOf({ leader, formerLeader, timeline }: FailoverPlan): string {
  const last = timeline === null ? '' : `, on timeline ${timeline}`
  if (leader !== '') return `${leader} holds the lead now${last}.`
  return formerLeader === null ? 'Nobody leads now.' : `Nobody leads now. ${formerLeader} led last${last}.`
}
