'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { poolerVerbs } from '#components/operation/stack-words.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { pauseBounds, type PoolerWish } from '#domain/plan/pooler-plan.ts'
import { ActSheet } from './act-sheet.tsx'
import { lookAgainMs } from './look-again.ts'

interface PoolerActProps extends Omit<PoolerWish, 'limitMs'> {
  cluster: string
  isOpen: boolean
  onClose: () => void
}

/** Pauses the poolers of one node or all for a while, or says another of their commands. */
export function PoolerAct({ cluster, act, node, database, isOpen, onClose }: PoolerActProps) {
  const trpc = useTRPC()
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const [seconds, setSeconds] = useState('20')
  const limitMs = act === 'pause' ? within(Number(seconds) * 1000) : null
  const wish = { cluster, act, node, database, limitMs }
  const preview = useQuery(
    trpc.poolers.preview.queryOptions(wish, { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.poolers.command.mutationOptions({ onSuccess }))
  const where = node === null ? `all poolers of ${cluster}` : `the pooler on ${node}`
  return (
    <ActSheet
      name={`${poolerVerbs[act].name} ${database ?? 'all databases'}`}
      description={`On ${where}.`}
      plan={preview.data}
      problem={preview.error}
      onAgain={() => void preview.refetch()}
      error={request.error}
      isBusy={request.isPending || request.isSuccess}
      isOpen={isOpen}
      onClose={onClose}
      procedure="poolers.command"
      asked={(said) => ({ ...wish, ...said, idempotencyKey })}
      onConfirm={(said) => request.mutate({ ...wish, ...said, idempotencyKey })}
      names={preview.data?.nodes ?? []}
    >
      {act === 'pause' ? (
        <Field label="Resume after, s" hint={`${pauseBounds.leastMs / 1000} to ${pauseBounds.mostMs / 1000}.`}>
          {(field) => (
            <TextInput
              {...field}
              inputMode="numeric"
              value={seconds}
              onChange={(event) => setSeconds(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </ActSheet>
  )
}

/** Null where it is no length that a pause may have: the plan says so. */
function within(ms: number): number | null {
  return Number.isInteger(ms) && ms >= pauseBounds.leastMs && ms <= pauseBounds.mostMs ? ms : null
}
