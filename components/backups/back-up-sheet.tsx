'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { PlanView } from '#components/operation/plan-view.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Field } from '#components/ui/field.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import type { BackupType } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import { reasonFault } from '#domain/reason.ts'
import { BackupTypeField } from './backup-type-field.tsx'
import { RepositoryField } from './repository-field.tsx'
import { StandbyField } from './standby-field.tsx'

interface BackUpSheetProps {
  cluster: string
  /** Keys of those that the stanza has. */
  repositories: readonly number[]
  isOpen: boolean
  onClose: () => void
}

/** What kind of backup, where it would run and what stands in its way, and the one button that begins it. */
export function BackUpSheet({ cluster, repositories, isOpen, onClose }: BackUpSheetProps) {
  const trpc = useTRPC()
  const [type, setType] = useState<BackupType>('full')
  const [repository, setRepository] = useState(repositories[0] ?? 1)
  const [fromStandby, setFromStandby] = useState(false)
  const [startFast, setStartFast] = useState(true)
  const wish = { cluster, type, repository, fromStandby, startFast }
  const [reason, setReason] = useState('')
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const preview = useQuery(
    trpc.backups.preview.queryOptions(wish, { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 }),
  )
  const onSuccess = useOpenOperation()
  const request = useMutation(trpc.backups.request.mutationOptions({ onSuccess }))
  const plan = preview.data ?? null
  const missing = whatIsMissing(plan, reason)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || request.isPending || request.isSuccess) return
    request.mutate({ ...wish, reason, idempotencyKey })
  }

  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={`Back up ${cluster}`}
      description={plan?.nodeReason ?? 'Looking where it would run.'}
      footer={
        <SheetActs
          form="back-up"
          error={request.error}
          onClose={onClose}
          missing={missing}
          isBusy={request.isPending || request.isSuccess}
        >
          {plan ? operationName(plan) : 'Back up'}
        </SheetActs>
      }
    >
      <form id="back-up" onSubmit={confirm} className="grid gap-7">
        <BackupTypeField type={type} onType={setType} />
        {repositories.length > 1 ? (
          <RepositoryField
            hint="The backup goes to this one alone. WAL goes to all."
            repositories={repositories}
            value={repository}
            onChange={setRepository}
          />
        ) : null}
        <div className="grid gap-3">
          <StandbyField isFromStandby={fromStandby} onChange={setFromStandby} />
          <CheckBox
            label="Begin at once"
            hint="The leader writes a checkpoint now, which its disks notice for a moment. Otherwise the backup waits up to some minutes for the next."
            isChecked={startFast}
            onChange={setStartFast}
          />
        </div>
        {plan ? <PlanView plan={plan} names={[plan.node, plan.leader]} /> : null}
        {!plan && preview.error ? (
          <ErrorPanel sentence={errorSentence(preview.error)} onRetry={() => void preview.refetch()} />
        ) : null}
        {!plan && !preview.error ? <Skeleton className="h-40 rounded-md" /> : null}
        <Field label="Reason" hint="The audit log keeps it." error={fieldErrors(request.error)['reason']}>
          {(field) => (
            <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <AsCurl procedure="backups.request" input={{ ...wish, reason, idempotencyKey }} />
      </form>
    </Sheet>
  )
}

/** A plan is what holds now; while the sheet is open it is made anew. */
const lookAgainMs = 5_000

function whatIsMissing(plan: BackupPlan | null, reason: string): string | null {
  if (plan === null) return 'The plan is not there yet.'
  return plan.blockers[0] ?? reasonFault(reason)
}
