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
import type { Capability } from '#domain/operation/capability.ts'
import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'
import { CandidateList } from './candidate-list.tsx'
import { ConfirmFields } from './confirm-fields.tsx'
import { operationName } from './operation-words.ts'
import { PlanView } from './plan-view.tsx'
import { Problem } from './problem.tsx'
import { useSwitchoverForm } from './switchover-form.ts'
import { WhenField } from './when-field.tsx'
import { useOpenOperation } from './use-open-operation.ts'

interface SwitchoverSheetProps {
  act: Capability['act']
  isOpen: boolean
  onClose: () => void
  judged: Judged
  backup: RunningBackup | null
}

/** Everything that must be known before the lead is moved, and the one button that moves it. */
export function SwitchoverSheet({ act, isOpen, onClose, judged, backup }: SwitchoverSheetProps) {
  const trpc = useTRPC()
  const form = useSwitchoverForm(act, judged, backup)
  const { plan } = form
  const isCancel = plan.kind === 'cancel-scheduled-switchover'
  const approval = useApproval(plan.clusterName, isOpen && !isCancel ? plan.kind : null, form.reason)
  const missing = useForbidden(plan.clusterName)(plan.kind) ?? form.missing ?? approval.missing
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.switchover.request.mutationOptions({ onSuccess }))
  const asked = {
    cluster: plan.clusterName,
    kind: plan.kind,
    candidate: plan.candidate,
    scheduledAt: plan.scheduledAt,
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
  const names = judged.snapshot.members.map((member) => member.name)

  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={isCancel ? 'Cancel scheduled switchover' : `Switch over ${plan.clusterName}`}
      description={
        plan.leader
          ? `${plan.leader} leads now${plan.timeline === null ? '' : `, on timeline ${plan.timeline}`}.`
          : 'Nobody leads now.'
      }
      footer={
        <div className="grid gap-3">
          {request.error ? <Problem sentence={errorSentence(request.error)} /> : null}
          <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
            <Button onClick={onClose}>{isCancel ? 'Keep it' : 'Cancel'}</Button>
            <Button
              type="submit"
              form="switchover"
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
      <form id="switchover" onSubmit={confirm} className="grid gap-7">
        {form.isOvertaken ? (
          <div className="grid justify-items-start gap-2">
            <Problem sentence={overtakenSentence(judged)} />
            <Button size="small" onClick={form.lookAgain}>
              Look again
            </Button>
          </div>
        ) : null}
        {isCancel ? null : (
          <>
            <CandidateList candidates={form.candidates} chosen={form.candidate} onChoose={form.setCandidate} />
            <WhenField
              isLater={form.isLater}
              onLater={form.setIsLater}
              value={form.time}
              onChange={form.setTime}
              error={form.timeError}
            />
          </>
        )}
        <PlanView plan={plan} names={names} />
        <ConfirmFields
          clusterName={plan.clusterName}
          reason={form.reason}
          onReason={form.setReason}
          typedName={form.typedName}
          onTypedName={form.setTypedName}
          errors={fieldErrors(request.error)}
        />
        <ApprovalFields form={approval} />
        <AsCurl procedure="switchover.request" input={asked} />
      </form>
    </Sheet>
  )
}

function overtakenSentence({ snapshot }: Judged): string {
  const { leader } = snapshot
  return leader
    ? `The lead has moved: ${leader.name} leads now. Look again before you decide.`
    : 'Nobody leads now. Look again before you decide.'
}
