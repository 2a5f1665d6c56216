'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { reasonFault } from '#domain/reason.ts'
import { whyTooLate } from './point-of-no-return.ts'

/** Stops an operation as long as that can be done: before Patroni is asked, or while pgBackRest runs. */
export function CancelOperation({ operation }: { operation: Operation }) {
  const mayCancel = useMay('operations.cancel')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const cancel = useMutation(
    trpc.operations.cancel.mutationOptions({
      onSuccess: (cancelled) => {
        queryClient.setQueryData(trpc.operations.get.queryKey({ id: cancelled.id }), cancelled)
        setIsOpen(false)
      },
    }),
  )
  const act = operation.state === 'proposed' ? 'Take it back' : stop
  const tooLate = whyTooLate(operation)
  useOfferActs(mayCancel ? [{ label: act, reason: tooLate, run: () => setIsOpen(true) }] : [])
  useAskedAct((asked) => {
    if (asked === 'stop' && mayCancel && tooLate === null) setIsOpen(true)
  })
  if (!mayCancel) return null
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (tooLate === null && reasonFault(reason) === null && !cancel.isPending)
      cancel.mutate({ id: operation.id, reason })
  }
  return (
    <>
      <Button disabledReason={tooLate} onClick={() => setIsOpen(true)}>
        {act}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={act}
        description={whatStops(operation)}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Let it go on</Button>
            <Button
              type="submit"
              form="cancel-operation"
              tone="danger"
              disabledReason={tooLate ?? reasonFault(reason)}
              isBusy={cancel.isPending}
            >
              {act}
            </Button>
          </>
        }
      >
        <form id="cancel-operation" onSubmit={confirm} className="px-5 py-3">
          <Field
            label="Reason"
            hint="The audit log keeps it."
            error={cancel.error ? errorSentence(cancel.error) : null}
          >
            {(field) => (
              <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
          <AsCurl procedure="operations.cancel" input={{ id: operation.id, reason }} />
        </form>
      </Dialog>
    </>
  )
}

function whatStops({ plan, state }: Operation): string {
  if (state === 'proposed') return 'It ends as cancelled, and nothing was done. Others need not decide on it any more.'
  switch (plan.kind) {
    case 'backup':
      return `The agent on ${plan.node} ends pgBackRest. What it has copied so far is no backup; older ones stay.`
    case 'restore':
      return 'It stops before its next step, and what was done so far is undone: the old cluster comes back as it was.'
    case 'reinitialise':
      return `Before Patroni was asked, nothing is done. After that the console only stops following it: Patroni on ${plan.member} goes on with the copy.`
    case 'rehearsal':
      return `It stops before its next step, and the copy on ${plan.node} is taken away. The cluster itself stays as it is.`
    case 'pooler-pause':
      return 'The agents resume the poolers: clients go on at once.'
    default:
      return 'It stops before its next step. What Patroni has already been asked to do goes on.'
  }
}

const stop = 'Stop this operation'
