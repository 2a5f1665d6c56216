'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApprovalForm } from '#components/approvals/use-approval.ts'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'

interface ChoreConfirmed {
  cluster: string
  kind: RepositoryChore
  repository: number
  /** Shown before; only for an expiry. */
  preview: ExpiryPreview | null
  reason: string
  confirmName: string
  approval: ApprovalForm['wish']
}

/** Asks for a chore by whichever procedure it has, and leads to its operation. */
export function useChore() {
  const trpc = useTRPC()
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.repositories.request.mutationOptions({ onSuccess }))
  const setUp = useMutation(trpc.repositories.setUp.mutationOptions({ onSuccess }))
  const expire = useMutation(trpc.repositories.expire.mutationOptions({ onSuccess }))
  const all = [request, setUp, expire]
  return {
    error: all.find(({ error }) => error !== null)?.error ?? null,
    isBusy: all.some(({ isPending, isSuccess }) => isPending || isSuccess),
    /** What its button asks for; null while what would go was not shown. */
    asked({ kind, cluster, repository, preview, reason, confirmName, approval }: ChoreConfirmed) {
      const common = { cluster, reason, idempotencyKey }
      switch (kind) {
        case 'repository-check':
        case 'repository-verify':
          return { procedure: 'repositories.request', input: { ...common, kind, repository } }
        case 'stanza-create':
          return { procedure: 'repositories.setUp', input: { ...common, approval } }
        case 'repository-expire':
          return (
            preview && {
              procedure: 'repositories.expire',
              input: { ...common, approval, repository, preview, confirmName },
            }
          )
      }
    },
    confirm({ kind, cluster, repository, preview, reason, confirmName, approval }: ChoreConfirmed) {
      const common = { cluster, reason, idempotencyKey }
      switch (kind) {
        case 'repository-check':
        case 'repository-verify':
          return request.mutate({ ...common, kind, repository })
        case 'stanza-create':
          return setUp.mutate({ ...common, approval })
        case 'repository-expire':
          return preview === null ? undefined : expire.mutate({ ...common, approval, repository, preview, confirmName })
      }
    },
  }
}
