'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { GiveProof, type ProofAnswer } from '#components/proof/give-proof.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import { decisionText } from '#domain/approvals/binding.ts'
import type { ApprovalView } from '#domain/approvals/view.ts'
import { reasonFault } from '#domain/reason.ts'

type Decision = 'approve' | 'reject'

/** Approve or reject, each by a proof of who does it, bound to what stands on this page. */
export function DecideCard({ view }: { view: ApprovalView }) {
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState<{ decision: Decision; view: ApprovalView } | null>(null)
  const ask = (decision: Decision) => setAsked({ decision, view })
  return (
    <Card title="Your decision" className="print-hidden">
      <div className="grid gap-4">
        <Field label="Reason" hint="Needed to reject; told to whoever asked.">
          {(field) => (
            <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <div className="grid grid-cols-2 gap-2">
          <Button tone="danger" disabledReason={reasonFault(reason)} onClick={() => ask('reject')}>
            Reject
          </Button>
          <Button tone="strong" disabledReason={view.fault} onClick={() => ask('approve')}>
            Approve
          </Button>
        </div>
        {view.fault === null ? null : <p className="text-sm text-muted">{view.fault}</p>}
      </div>
      {asked ? <ProveDecision {...asked} reason={reason} onClose={() => setAsked(null)} /> : null}
    </Card>
  )
}

interface ProveDecisionProps {
  decision: Decision
  /** As it stood when the decision was made: a proof is bound to that. */
  view: ApprovalView
  reason: string
  onClose: () => void
}

function ProveDecision({ decision, view: { operation, bound }, reason, onClose }: ProveDecisionProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
    onClose()
  }
  const approve = useMutation(trpc.approvals.approve.mutationOptions({ onSuccess }))
  const reject = useMutation(trpc.approvals.reject.mutationOptions({ onSuccess }))
  const { isPending, error, mutate } = decision === 'approve' ? approve : reject
  const give = (proof: ProofAnswer) => mutate({ id: operation.id, seen: bound, reason, proof })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={titles[decision]}
      description="Prove that it is you, by a factor that an administrator has vouched for. The proof is good for this one act."
      footer={<Button onClick={onClose}>Leave it</Button>}
    >
      <div className="overflow-y-auto px-5 py-3">
        <GiveProof
          purpose={decision}
          subject={decisionText(operation.id, decision, bound)}
          act={acts[decision]}
          isBusy={isPending}
          error={error}
          onProof={give}
        />
      </div>
    </Dialog>
  )
}

const titles: Record<Decision, string> = { approve: 'Approve the request', reject: 'Reject the request' }
const acts: Record<Decision, string> = { approve: 'Approve it', reject: 'Reject it' }
