'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import type { HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import { ActSheet } from './act-sheet.tsx'
import { lookAgainMs } from './look-again.ts'

interface HaproxyActProps extends HaproxyWish {
  cluster: string
  isOpen: boolean
  onClose: () => void
}

/** Drains a server behind HAProxy, or takes it back. */
export function HaproxyAct({ cluster, act, proxy, server, isOpen, onClose }: HaproxyActProps) {
  const trpc = useTRPC()
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const wish = { cluster, act, proxy, server }
  const preview = useQuery(
    trpc.haproxy.preview.queryOptions(wish, { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.haproxy.command.mutationOptions({ onSuccess }))
  return (
    <ActSheet
      name={act === 'drain' ? `Drain ${server} in ${proxy}` : `Take ${server} back into ${proxy}`}
      description={`A server behind HAProxy of ${cluster}.`}
      plan={preview.data}
      problem={preview.error}
      onAgain={() => void preview.refetch()}
      error={request.error}
      isBusy={request.isPending || request.isSuccess}
      isOpen={isOpen}
      onClose={onClose}
      procedure="haproxy.command"
      asked={(said) => ({ ...wish, ...said, idempotencyKey })}
      onConfirm={(said) => request.mutate({ ...wish, ...said, idempotencyKey })}
      names={[server]}
    />
  )
}
