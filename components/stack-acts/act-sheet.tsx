'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { type ApprovalForm, useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useForbidden } from '#components/maintenance/use-forbidden.ts'
import { ConfirmFields } from '#components/operation/confirm-fields.tsx'
import { PlanView } from '#components/operation/plan-view.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { StackPlan } from '#domain/plan/plan.ts'
import { reasonFault } from '#domain/reason.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'

/** Acts that are told and confirmed alike. */
type ActPlan = StackPlan | ReinitialisePlan

/** What a person says to an act. */
interface Said {
  reason: string
  confirm: string | null
  approval: ApprovalForm['wish']
}

interface ActSheetProps {
  /** The act as its button names it, while there is no plan yet. */
  name: string
  description: string
  /** Undefined = not there yet. */
  plan: ActPlan | undefined
  problem: unknown
  onAgain: () => void
  error: unknown
  isBusy: boolean
  isOpen: boolean
  onClose: () => void
  /** What its button asks for, and with what. */
  procedure: string
  asked: (said: Said) => object
  onConfirm: (said: Said) => void
  /** Names that stand out in the plan's sentences. */
  names: readonly string[]
  children?: ReactNode
}

/** What an act would do, why it is wanted, and the one button that does it. */
export function ActSheet(props: ActSheetProps) {
  const { name, description, plan, problem, error, isBusy, isOpen, onClose, names, children } = props
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const approval = useApproval(plan?.clusterName ?? '', plan && isOpen ? plan.kind : null, reason)
  const forbidden = useForbidden(plan?.clusterName ?? null)
  const missing = (plan ? forbidden(plan.kind) : null) ?? missingIn(plan, reason, typed) ?? approval.missing
  const said = { reason, confirm: plan?.confirm === null ? null : typed, approval: approval.wish }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || isBusy) return
    props.onConfirm(said)
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={name}
      description={description}
      footer={
        <SheetActs form="stack-act" error={error} onClose={onClose} tone="danger" missing={missing} isBusy={isBusy}>
          {approval.label(plan ? operationName(plan) : name)}
        </SheetActs>
      }
    >
      <form id="stack-act" onSubmit={confirm} className="grid gap-7">
        {children}
        {plan ? <PlanView plan={plan} names={names} /> : null}
        {!plan && problem ? <ErrorPanel sentence={errorSentence(problem)} onRetry={props.onAgain} /> : null}
        {!plan && !problem ? <Skeleton className="h-32 rounded-md" /> : null}
        <ConfirmFields
          clusterName={plan?.confirm ?? ''}
          asksName={plan !== undefined && plan.confirm !== null}
          reason={reason}
          onReason={setReason}
          typedName={typed}
          onTypedName={setTyped}
          errors={fieldErrors(error)}
        />
        <ApprovalFields form={approval} />
        <AsCurl procedure={props.procedure} input={props.asked(said)} />
      </form>
    </Sheet>
  )
}

function missingIn(plan: ActPlan | undefined, reason: string, typed: string): string | null {
  if (!plan) return 'The plan is not there yet.'
  if (plan.blockers[0] !== undefined) return plan.blockers[0]
  const fault = reasonFault(reason)
  if (fault !== null) return fault
  return plan.confirm === null || typed === plan.confirm ? null : `Type ${plan.confirm} to confirm.`
}
