'use client'

import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { PlanView } from '#components/operation/plan-view.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { TakeNearest } from '#components/restore/take-nearest.tsx'
import { TargetEcho } from '#components/restore/target-echo.tsx'
import { QuickPicks } from '#components/restore/quick-picks.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Field } from '#components/ui/field.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Textarea, TextInput } from '#components/ui/text-input.tsx'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import { ExtractFields } from './extract-fields.tsx'
import { useRehearseForm } from './rehearse-form.ts'

interface RehearseSheetProps {
  cluster: string
  isOpen: boolean
  onClose: () => void
}

/** Which moment is restored beside the running cluster, what is looked at there, and the one button that begins it. */
export function RehearseSheet({ cluster, isOpen, onClose }: RehearseSheetProps) {
  const trpc = useTRPC()
  const form = useRehearseForm(cluster, isOpen)
  const { choice, options, change, plan, error } = form
  const approval = useApproval(cluster, isOpen ? 'rehearsal' : null, form.reason)
  const missing = form.missing ?? approval.missing
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.rehearsals.request.mutationOptions({ onSuccess }))
  const asked = {
    cluster,
    ...form.wish,
    reason: form.reason,
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
      title={`Rehearse a recovery of ${cluster}`}
      description="A backup is restored beside the running cluster, looked at and taken away again. The cluster stays as it is."
      size="wide"
      footer={
        <SheetActs
          form="rehearse"
          error={request.error}
          onClose={onClose}
          missing={missing}
          isBusy={request.isPending || request.isSuccess}
        >
          {approval.label('Rehearse')}
        </SheetActs>
      }
    >
      <form id="rehearse" onSubmit={confirm} className="grid gap-7">
        <div className="grid gap-3">
          <Field label="Moment" hint="A time, a WAL position, a transaction or a restore point." error={choice.fault}>
            {(field) => (
              <TextInput
                {...field}
                isMono
                spellCheck={false}
                autoCapitalize="off"
                value={choice.text}
                onChange={(event) => choice.type(event.target.value)}
              />
            )}
          </Field>
          <QuickPicks target={choice.target} onTarget={choice.take} />
          {choice.target ? <TargetEcho target={choice.target} understood={choice.understood} /> : null}
        </div>
        <Field
          label="Check query"
          isOptional
          hint={`Asked of the recovered data; its answer stands in the report. ${checkDatabaseHint}`}
          error={fieldErrors(error)['check']}
        >
          {(field) => (
            <Textarea
              {...field}
              isMono
              rows={2}
              spellCheck={false}
              value={options.check}
              onChange={(event) => change({ check: event.target.value })}
            />
          )}
        </Field>
        <CheckBox
          label="Look through pages and indexes"
          hint="By amcheck; with much data it takes longest of all."
          isChecked={options.verifiesPages}
          onChange={(isChecked) => change({ verifiesPages: isChecked })}
        />
        <ExtractFields options={options} onChange={change} />
        {plan ? (
          <div className="grid gap-4">
            <PlanView plan={plan} names={[plan.node, plan.leader].filter((name) => name !== '')} />
            <TakeNearest nearestAt={plan.nearestAt} onTarget={choice.take} />
          </div>
        ) : null}
        {!plan && error ? <ErrorPanel sentence={errorSentence(error)} onRetry={form.askAgain} /> : null}
        {!plan && !error && choice.target ? <Skeleton className="h-40 rounded-md" /> : null}
        <Field label="Reason" hint="The audit log keeps it." error={fieldErrors(request.error)['reason']}>
          {(field) => (
            <Textarea
              {...field}
              rows={2}
              value={form.reason}
              onChange={(event) => form.setReason(event.target.value)}
            />
          )}
        </Field>
        <ApprovalFields form={approval} />
        <AsCurl procedure="rehearsals.request" input={asked} />
      </form>
    </Sheet>
  )
}
