'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApprovalFields } from '#components/approvals/approval-fields.tsx'
import { useApproval } from '#components/approvals/use-approval.ts'
import { AsCurl } from '#components/curl/as-curl.tsx'
import { ConfirmFields } from '#components/operation/confirm-fields.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { PlanView } from '#components/operation/plan-view.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { reasonFault } from '#domain/reason.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'
import { choreVerbs } from './chore-verbs.ts'
import { ExpiryShown } from './expiry-shown.tsx'
import { RepositoryField } from './repository-field.tsx'
import { useChore } from './use-chore.ts'

interface ChoreSheetProps {
  cluster: string
  kind: RepositoryChore
  repositories: readonly number[]
  isOpen: boolean
  onClose: () => void
}

/** What a chore on a repository would do, of an expiry also what would go, and the one button that begins it. */
export function ChoreSheet({ cluster, kind, repositories, isOpen, onClose }: ChoreSheetProps) {
  const trpc = useTRPC()
  const [repository, setRepository] = useState(repositories[0] ?? 1)
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const chore = useChore()
  const isExpiry = kind === 'repository-expire'
  const preview = useQuery(
    trpc.repositories.preview.queryOptions(
      { cluster, kind, repository },
      { enabled: isOpen, refetchInterval: lookAgainMs, staleTime: 0 },
    ),
  )
  // Asked once: each time pgBackRest is asked it takes its lock.
  const expiry = useQuery(
    trpc.repositories.expiryPreview.queryOptions(
      { cluster, repository },
      { enabled: isOpen && isExpiry, staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false },
    ),
  )
  const plan = preview.data ?? null
  const shown = isExpiry ? (expiry.data ?? null) : null
  const governed = kind === 'repository-expire' || kind === 'stanza-create' ? kind : null
  const approval = useApproval(cluster, isOpen ? governed : null, reason)
  const lacking = missingIn({
    plan,
    isUnshown: isExpiry && shown === null,
    reason,
    isNamed: !isExpiry || typedName === cluster,
    cluster,
  })
  const missing = lacking ?? approval.missing
  const said = {
    cluster,
    kind,
    repository,
    preview: shown,
    reason,
    confirmName: typedName,
    approval: approval.wish,
  }
  const asked = chore.asked(said)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || chore.isBusy) return
    chore.confirm(said)
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={plan ? operationName(plan) : `${choreVerbs[kind]} a repository of ${cluster}`}
      description={plan?.nodeReason ?? 'Looking where it would run.'}
      footer={
        <SheetActs
          form="chore"
          error={chore.error}
          onClose={onClose}
          tone={isExpiry ? 'danger' : 'strong'}
          missing={missing}
          isBusy={chore.isBusy}
        >
          {approval.label(plan ? operationName(plan) : choreVerbs[kind])}
        </SheetActs>
      }
    >
      <form id="chore" onSubmit={confirm} className="grid gap-7">
        {repositories.length > 1 && (isExpiry || kind === 'repository-verify') ? (
          <RepositoryField repositories={repositories} value={repository} onChange={setRepository} />
        ) : null}
        {isExpiry ? (
          <ExpiryShown
            preview={shown}
            problem={expiry.error ? errorSentence(expiry.error) : null}
            isLooking={expiry.isFetching}
            onAgain={() => void expiry.refetch()}
          />
        ) : null}
        {plan ? <PlanView plan={plan} names={[plan.node, plan.leader]} /> : null}
        {!plan && preview.error ? (
          <ErrorPanel sentence={errorSentence(preview.error)} onRetry={() => void preview.refetch()} />
        ) : null}
        {!plan && !preview.error ? <Skeleton className="h-40 rounded-md" /> : null}
        <ConfirmFields
          clusterName={cluster}
          asksName={isExpiry}
          reason={reason}
          onReason={setReason}
          typedName={typedName}
          onTypedName={setTypedName}
          errors={fieldErrors(chore.error)}
        />
        <ApprovalFields form={approval} />
        {asked ? <AsCurl {...asked} /> : null}
      </form>
    </Sheet>
  )
}

/** A plan is what holds now; while the sheet is open it is made anew. */
const lookAgainMs = 5_000

function missingIn(given: {
  plan: { blockers: readonly string[] } | null
  isUnshown: boolean
  reason: string
  isNamed: boolean
  cluster: string
}): string | null {
  const { plan, isUnshown, reason, isNamed, cluster } = given
  if (plan === null) return 'The plan is not there yet.'
  if (plan.blockers[0] !== undefined) return plan.blockers[0]
  if (isUnshown) return 'What would go is not shown yet.'
  return reasonFault(reason) ?? (isNamed ? null : `Type the name of the cluster, ${cluster}, to confirm.`)
}
