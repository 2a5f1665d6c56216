'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { ActSheet } from '#components/stack-acts/act-sheet.tsx'
import { lookAgainMs } from '#components/stack-acts/look-again.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'

interface ReinitialiseSheetProps {
  cluster: string
  /** The members that do not lead. */
  replicas: readonly string[]
  /** The one that is meant at first. */
  member: string
  isOpen: boolean
  onClose: () => void
}

/** Everything that must be known before the data of a replica is deleted, and the one button that has it copied anew. */
export function ReinitialiseSheet({ cluster, replicas, member: first, isOpen, onClose }: ReinitialiseSheetProps) {
  const trpc = useTRPC()
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const [member, setMember] = useState(first)
  const [force, setForce] = useState(false)
  const wish = { cluster, member, force }
  const preview = useQuery(
    trpc.replicas.preview.queryOptions(wish, { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.replicas.reinitialise.mutationOptions({ onSuccess }))
  const { leader = '', timeline = null, systemIdentifier = null, busyWith = null } = preview.data ?? {}
  const expected = { leader, timeline, systemIdentifier }
  const choose = (chosen: string) => {
    setMember(chosen)
    setForce(false)
  }
  return (
    <ActSheet
      name={`Reinitialise ${member}`}
      description={`A replica of ${cluster}: Patroni copies it anew in place of its old data.`}
      plan={preview.data}
      problem={preview.error}
      onAgain={() => void preview.refetch()}
      error={request.error}
      isBusy={request.isPending || request.isSuccess}
      isOpen={isOpen}
      onClose={onClose}
      procedure="replicas.reinitialise"
      asked={({ reason, confirm, approval }) => ({
        ...wish,
        reason,
        confirm: confirm ?? '',
        expected,
        approval,
        idempotencyKey,
      })}
      onConfirm={({ reason, confirm, approval }) =>
        request.mutate({ ...wish, reason, confirm: confirm ?? '', expected, approval, idempotencyKey })
      }
      names={[member, leader, ...(preview.data?.sources ?? [])]}
    >
      <div className="grid gap-4">
        <Field label="Replica">
          {(field) => (
            <Select
              {...field}
              options={[...new Set([member, ...replicas])].toSorted().map((name) => ({ value: name, label: name }))}
              value={member}
              onChange={(event) => choose(event.target.value)}
            />
          )}
        </Field>
        {busyWith !== null || force ? (
          <CheckBox
            label="Force"
            hint="Ends what Patroni on it is at work on: a start, a rewind or a copy that runs is lost. Without it Patroni refuses while it is at work."
            isChecked={force}
            onChange={setForce}
          />
        ) : null}
      </div>
    </ActSheet>
  )
}
