'use client'

import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useForbidden } from '#components/maintenance/use-forbidden.ts'
import { ConfirmFields } from '#components/operation/confirm-fields.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { RestoreForm } from './restore-form.ts'

interface ConfirmStepProps {
  cluster: string
  form: RestoreForm
  plan: RestorePlan
  /** Why nothing can be done from this page now; null = it can. */
  deafReason: string | null
}

/** Why, the name typed by hand, and the one button that begins it. */
export function ConfirmStep({ cluster, form, plan, deafReason }: ConfirmStepProps) {
  const trpc = useTRPC()
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.restores.request.mutationOptions({ onSuccess }))
  const approval = useApproval(cluster, 'restore', form.reason)
  const forbidden = useForbidden(cluster)('restore')
  const missing = deafReason ?? forbidden ?? form.missing ?? approval.missing
  const { leader, timeline, systemIdentifier } = plan
  const said = {
    reason: form.reason,
    confirmName: form.typedName,
    expected: { leader, timeline, systemIdentifier },
    idempotencyKey: form.idempotencyKey,
    approval: approval.wish,
  }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || form.wish === null || request.isPending || request.isSuccess) return
    request.mutate({ cluster, ...form.wish, ...said })
  }
  return (
    <form aria-label="Confirm the recovery" onSubmit={confirm} className="grid gap-5">
      {form.isOvertaken ? (
        <div role="alert" className="grid justify-items-start gap-2">
          <p className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>The leader or its timeline has changed since this was opened. Read the plan again.</span>
          </p>
          <Button size="small" onClick={form.lookAgain}>
            I have read it again
          </Button>
        </div>
      ) : null}
      <ConfirmFields
        clusterName={cluster}
        reason={form.reason}
        onReason={form.setReason}
        typedName={form.typedName}
        onTypedName={form.setTypedName}
        errors={fieldErrors(request.error)}
      />
      <ApprovalFields form={approval} />
      {request.error ? <ErrorPanel sentence={errorSentence(request.error)} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          type="submit"
          tone="strong"
          className="h-auto min-h-9 whitespace-normal phone:min-h-11 phone:w-full"
          disabledReason={missing}
          isBusy={request.isPending || request.isSuccess}
        >
          {approval.label(operationName(plan))}
        </Button>
        {missing === null ? null : <p className="min-w-0 flex-1 basis-60 text-sm text-muted">{missing}</p>}
      </div>
      {form.wish === null ? null : <AsCurl procedure="restores.request" input={{ cluster, ...form.wish, ...said }} />}
    </form>
  )
}
