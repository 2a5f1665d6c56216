'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { ConfirmFields } from '#components/operation/confirm-fields.tsx'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { PlanView } from '#components/operation/plan-view.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { reasonFault } from '#domain/reason.ts'

/** Takes a cluster out of the console, by its typed name and with a reason; the cluster itself is not touched. */
export function RemoveCluster({ name, onClose }: { name: string; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const openOperation = useOpenOperation()
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const [idempotencyKey, setIdempotencyKey] = useState(makeIdempotencyKey)
  const preview = useQuery(
    trpc.clusters.previewRemoval.queryOptions({ name }, { refetchInterval: 5_000, staleTime: 0, retry: false }),
  )
  const remove = useMutation(
    trpc.clusters.remove.mutationOptions({
      onSuccess: (operation) => {
        void queryClient.invalidateQueries({ queryKey: trpc.clusters.pathKey() })
        // What waits, was refused on the way or takes long is told on its own page.
        if (operation.state !== 'succeeded') return openOperation(operation)
        toast(`${name} is removed from the console.`)
        onClose()
      },
      // A wish that was refused is over: whoever asks again asks for another.
      onError: () => setIdempotencyKey(makeIdempotencyKey()),
    }),
  )
  const approval = useApproval(name, 'remove-cluster', reason)
  const errors = fieldErrors(remove.error)
  const plan = preview.data ?? null
  const missing =
    (plan === null ? 'The plan is not there yet.' : plan.blockers[0]) ??
    reasonFault(reason) ??
    (typedName === name ? approval.missing : `Type ${name} to confirm.`)
  const asked = { name, confirmName: typedName, reason, idempotencyKey, approval: approval.wish }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !remove.isPending && !remove.isSuccess) remove.mutate(asked)
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Remove ${name}`}
      description="The console forgets it and looks no more. The cluster goes on running."
      footer={
        <SheetActs
          form="remove-cluster"
          error={Object.keys(errors).length === 0 ? remove.error : null}
          leave="Keep it"
          onClose={onClose}
          tone="danger"
          missing={missing}
          isBusy={remove.isPending || remove.isSuccess}
        >
          {approval.label(`Remove ${name}`)}
        </SheetActs>
      }
    >
      <form id="remove-cluster" onSubmit={confirm} className="grid gap-7">
        {plan ? <PlanView plan={plan} names={[name]} /> : null}
        {!plan && preview.error ? (
          <ErrorPanel sentence={errorSentence(preview.error)} onRetry={() => void preview.refetch()} />
        ) : null}
        {!plan && !preview.error ? <Skeleton className="h-64 rounded-md" /> : null}
        <ConfirmFields
          clusterName={name}
          reason={reason}
          onReason={setReason}
          typedName={typedName}
          onTypedName={setTypedName}
          errors={errors}
        />
        <ApprovalFields form={approval} />
        <AsCurl procedure="clusters.remove" input={asked} />
      </form>
    </Sheet>
  )
}
