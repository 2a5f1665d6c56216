'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Operation } from '#domain/operation/operation.ts'
import { reasonFault } from '#domain/reason.ts'
import { ConfirmFields } from './confirm-fields.tsx'
import { makeIdempotencyKey } from './idempotency-key.ts'
import { PlanView } from './plan-view.tsx'
import { SheetActs } from './sheet-acts.tsx'
import { useOpenOperation } from './use-open-operation.ts'

interface ReleaseSheetProps {
  /** The recovery or rehearsal whose data it is. */
  operation: Operation
  act: string
  isOpen: boolean
  onClose: () => void
}

/** Lets kept data go; after that there is no way back to it, so the name is typed. */
export function ReleaseSheet({ operation, act, isOpen, onClose }: ReleaseSheetProps) {
  const { id, clusterName } = operation
  const trpc = useTRPC()
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const preview = useQuery(
    trpc.releases.preview.queryOptions({ operation: id }, { enabled: isOpen, refetchInterval: 5_000, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.releases.request.mutationOptions({ onSuccess }))
  const plan = preview.data ?? null
  const approval = useApproval(clusterName, isOpen ? 'release-kept-data' : null, reason)
  const missing =
    (plan === null ? 'The plan is not there yet.' : plan.blockers[0]) ??
    reasonFault(reason) ??
    (typedName === clusterName ? approval.missing : `Type ${clusterName} to confirm.`)
  const asked = { operation: id, reason, confirmName: typedName, idempotencyKey, approval: approval.wish }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || request.isPending || request.isSuccess) return
    request.mutate(asked)
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={act}
      description="It is deleted on the nodes that keep it."
      footer={
        <SheetActs
          form="release"
          error={request.error}
          leave="Keep it"
          onClose={onClose}
          tone="danger"
          missing={missing}
          isBusy={request.isPending || request.isSuccess}
        >
          {approval.label(act)}
        </SheetActs>
      }
    >
      <form id="release" onSubmit={confirm} className="grid gap-7">
        {plan ? <PlanView plan={plan} names={plan.kept.map(({ node }) => node)} /> : null}
        {!plan && preview.error ? (
          <ErrorPanel sentence={errorSentence(preview.error)} onRetry={() => void preview.refetch()} />
        ) : null}
        {!plan && !preview.error ? <Skeleton className="h-32 rounded-md" /> : null}
        <ConfirmFields
          clusterName={clusterName}
          reason={reason}
          onReason={setReason}
          typedName={typedName}
          onTypedName={setTypedName}
          errors={fieldErrors(request.error)}
        />
        <ApprovalFields form={approval} />
        <AsCurl procedure="releases.request" input={asked} />
      </form>
    </Sheet>
  )
}
