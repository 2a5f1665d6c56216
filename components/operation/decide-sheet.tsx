'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useTargetChoice } from '#components/restore/target-choice.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Operation } from '#domain/operation/operation.ts'
import type { Way } from '#domain/operation/question.ts'
import { reasonFault } from '#domain/reason.ts'
import { targetWords } from '#domain/recovery/target-words.ts'
import { ConfirmFields } from './confirm-fields.tsx'
import { SheetActs } from './sheet-acts.tsx'

/** Where to recover to instead; loaded only by whoever asks for it. */
const OtherTarget = lazy(() =>
  import('#components/restore/other-target.tsx').then((module) => ({ default: module.OtherTarget })),
)

interface DecideSheetProps {
  operation: Operation
  /** Number of the step that asks, so that the answer meets no other question. */
  step: number
  way: Way
  isOpen: boolean
  onClose: () => void
}

/** One way on, with why it is taken; where there is no cheap way back from it the cluster's name is typed. */
export function DecideSheet({ operation, step, way, isOpen, onClose }: DecideSheetProps) {
  const { id, clusterName } = operation
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const choice = useTargetChoice()
  const { target } = choice
  const decide = useMutation(
    trpc.operations.decide.mutationOptions({
      onSuccess: (decided) => {
        queryClient.setQueryData(trpc.operations.get.queryKey({ id: decided.id }), decided)
        onClose()
      },
    }),
  )
  const isMove = way.kind === 'move'
  const missing =
    (isMove && target === null ? 'Say where to recover to instead.' : null) ??
    reasonFault(reason) ??
    (way.isFinal && typedName !== clusterName ? `Type ${clusterName} to confirm.` : null)
  const asked = { id, step, way: way.kind, target: isMove ? target : null, reason }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || decide.isPending || decide.isSuccess) return
    decide.mutate(asked)
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={way.title}
      description={way.sentence}
      size={isMove ? 'wide' : 'medium'}
      footer={
        <SheetActs
          form="decide"
          error={decide.error}
          onClose={onClose}
          tone={way.kind === 'commit' || isMove ? 'strong' : 'plain'}
          missing={missing}
          isBusy={decide.isPending || decide.isSuccess}
          className="whitespace-normal"
        >
          {isMove && target !== null ? `Recover to ${targetWords(target)}` : way.title}
        </SheetActs>
      }
    >
      <form id="decide" onSubmit={confirm} className="grid gap-7">
        {isMove ? (
          <Suspense fallback={<Skeleton className="h-64 rounded-md" />}>
            <OtherTarget cluster={clusterName} choice={choice} />
          </Suspense>
        ) : null}
        <ConfirmFields
          clusterName={clusterName}
          asksName={way.isFinal}
          reason={reason}
          onReason={setReason}
          typedName={typedName}
          onTypedName={setTypedName}
          errors={fieldErrors(decide.error)}
        />
        <AsCurl procedure="operations.decide" input={asked} />
      </form>
    </Sheet>
  )
}
