'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { codeFault, ProofField } from '#components/approvals/proof-field.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import { CreateDialog } from '../create-dialog.tsx'

interface RemovePolicyProps {
  policy: ApprovalPolicy
  onDone: () => void
  onClose: () => void
}

/** Takes a policy away, which takes a proof of who does it. */
export function RemovePolicy({ policy, onDone, onClose }: RemovePolicyProps) {
  const [code, setCode] = useState('')
  const remove = useMutation(useTRPC().policies.remove.mutationOptions({ onSuccess: onDone }))
  return (
    <CreateDialog
      id="remove-policy"
      title={`Remove the policy ${policy.name}`}
      description="From then on what it governs is done by one person alone, unless another policy governs it too."
      act="Remove the policy"
      missing={codeFault(code)}
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ id: policy.id, proof: { kind: 'totp', code } })}
      onClose={onClose}
    >
      <ProofField code={code} onCode={setCode} />
    </CreateDialog>
  )
}
