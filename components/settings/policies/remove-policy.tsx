'use client'

import { useMutation } from '@tanstack/react-query'
import { GiveProof } from '#components/proof/give-proof.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { policyText } from '#domain/approvals/policy-text.ts'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'

interface RemovePolicyProps {
  policy: ApprovalPolicy
  onDone: () => void
  onClose: () => void
}

/** Takes a policy away, which takes a proof of who does it. */
export function RemovePolicy({ policy: { id, name }, onDone, onClose }: RemovePolicyProps) {
  const remove = useMutation(useTRPC().policies.remove.mutationOptions({ onSuccess: onDone }))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Remove the policy ${name}`}
      description="From then on what it governs is done by one person alone, unless another policy governs it too. Your own factor, which must be vouched for, proves it."
      footer={<Button onClick={onClose}>Leave it</Button>}
    >
      <div className="overflow-y-auto px-5 py-3">
        <GiveProof
          purpose="policy"
          subject={policyText({ kind: 'remove', id })}
          act="Remove the policy"
          isBusy={remove.isPending}
          error={remove.error}
          onProof={(proof) => remove.mutate({ id, proof })}
        />
      </div>
    </Dialog>
  )
}
