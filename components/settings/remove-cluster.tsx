'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ConfirmFields } from '#components/operation/confirm-fields.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { toast } from '#components/ui/toast.tsx'
import { reasonFault } from '#domain/reason.ts'

/** Takes a cluster out of the console, by its typed name and with a reason; the cluster itself is not touched. */
export function RemoveCluster({ name, onClose }: { name: string; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const remove = useMutation(
    trpc.clusters.remove.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.clusters.pathKey() })
        toast(`${name} is removed from the console.`)
        onClose()
      },
    }),
  )
  const errors = fieldErrors(remove.error)
  const missing = whatIsMissing(name, reason, typedName)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !remove.isPending) remove.mutate({ name, confirmName: typedName, reason })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Remove ${name}`}
      description="The console forgets its addresses and passwords and looks no more. The cluster goes on running; its events, operations and audit records stay."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" form="remove-cluster" tone="danger" disabledReason={missing} isBusy={remove.isPending}>
            Remove {name}
          </Button>
        </>
      }
    >
      <form id="remove-cluster" onSubmit={confirm} className="grid gap-4 overflow-y-auto px-5 py-3">
        <ConfirmFields
          clusterName={name}
          reason={reason}
          onReason={setReason}
          typedName={typedName}
          onTypedName={setTypedName}
          errors={errors}
        />
        {remove.error && Object.keys(errors).length === 0 ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(remove.error)}</span>
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}

function whatIsMissing(name: string, reason: string, typedName: string): string | null {
  return reasonFault(reason) ?? (typedName === name ? null : `Type ${name} to confirm.`)
}
