'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import type { ApprovalView } from '#domain/approvals/view.ts'
import { reasonFault } from '#domain/reason.ts'
import { codeFault, ProofField } from './proof-field.tsx'

/** Approve or reject, each by a proof of who does it, bound to what stands on this page. */
export function DecideCard({ view }: { view: ApprovalView }) {
  const { operation, bound, fault } = view
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const onSuccess = () => {
    setCode('')
    void queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
  }
  const approve = useMutation(trpc.approvals.approve.mutationOptions({ onSuccess }))
  const reject = useMutation(trpc.approvals.reject.mutationOptions({ onSuccess }))
  const isBusy = approve.isPending || reject.isPending
  const decided = { id: operation.id, seen: bound, reason, proof: { kind: 'totp', code } } as const
  const error = approve.error ?? reject.error
  const decide = (by: typeof approve | typeof reject) => {
    approve.reset()
    reject.reset()
    by.mutate(decided)
  }
  return (
    <Card title="Your decision" className="print-hidden">
      <div className="grid gap-4">
        <Field label="Reason" hint="Needed to reject; told to whoever asked.">
          {(field) => (
            <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <ProofField code={code} onCode={setCode} />
        {error ? <ErrorPanel sentence={errorSentence(error)} /> : null}
        <div className="grid grid-cols-2 gap-2">
          <Button
            tone="danger"
            disabledReason={reasonFault(reason) ?? codeFault(code)}
            isBusy={isBusy}
            onClick={() => decide(reject)}
          >
            Reject
          </Button>
          <Button
            tone="strong"
            disabledReason={fault ?? codeFault(code)}
            isBusy={isBusy}
            onClick={() => decide(approve)}
          >
            Approve
          </Button>
        </div>
      </div>
    </Card>
  )
}
