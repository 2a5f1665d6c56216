'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import type { SignalWish } from '#domain/plan/signal-plan.ts'
import { ActSheet } from './act-sheet.tsx'
import { lookAgainMs } from './look-again.ts'

interface SignalBackendProps extends SignalWish {
  cluster: string
  isOpen: boolean
  onClose: () => void
}

/** Cancels the statement of one session, or ends the session. */
export function SignalBackend({ cluster, act, member, pid, backendStart, isOpen, onClose }: SignalBackendProps) {
  const trpc = useTRPC()
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const wish = { cluster, act, member, pid, backendStart }
  const preview = useQuery(
    trpc.backends.preview.queryOptions(wish, { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.backends.signal.mutationOptions({ onSuccess }))
  return (
    <ActSheet
      name={act === 'cancel' ? `Cancel the statement of pid ${pid}` : `Terminate pid ${pid}`}
      description={`A session of Postgres on ${member}.`}
      plan={preview.data}
      problem={preview.error}
      onAgain={() => void preview.refetch()}
      error={request.error}
      isBusy={request.isPending || request.isSuccess}
      isOpen={isOpen}
      onClose={onClose}
      procedure="backends.signal"
      asked={({ reason, approval }) => ({ ...wish, reason, approval, idempotencyKey })}
      onConfirm={({ reason, approval }) => request.mutate({ ...wish, reason, approval, idempotencyKey })}
      names={[member]}
    />
  )
}
