'use client'

import { useQuery } from '@tanstack/react-query'
import { BackupsEmpty } from '#components/backups/backups-empty.tsx'
import { BackupsSkeleton } from '#components/backups/backups-skeleton.tsx'
import { deafReason } from '#components/live/deafness.ts'
import { useLineState } from '#components/live/live-provider.tsx'
import { useMay, useRoleWords } from '#components/session/session-context.tsx'
import { Age } from '#components/time/age.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { backupsSentence, backupsState } from '#domain/backup/backups-state.ts'
import { ConfirmStep } from './confirm-step.tsx'
import { PlanStep } from './plan-step.tsx'
import { useRestoreForm } from './restore-form.ts'
import { useTargetChoice } from './target-choice.ts'
import { TargetPicker } from './target-picker.tsx'
import { useReach } from './use-reach.ts'
import { WizardStep } from './wizard-step.tsx'

interface RestoreViewProps {
  cluster: string
  /** The moment that was touched elsewhere; null = none was. */
  first: RecoveryTarget | null
}

/** Takes a cluster back to an earlier moment: where to, what that would do, and the act itself. */
export function RestoreView({ cluster, first }: RestoreViewProps) {
  const list = useQuery(useTRPC().backups.list.queryOptions({ cluster }))
  const now = useCoarseNow()
  const choice = useTargetChoice(first)
  const { target, take } = choice
  const form = useRestoreForm(cluster, target, now)
  const view = list.data?.view ?? null
  const reach = useReach({ cluster, view, target, repository: form.options.repository, now })
  const may = useMay('restore.request')
  const roles = useRoleWords()
  const { phase } = useLineState()

  if (list.error && !list.data) return <QueryProblem query={list} />
  if (!list.data) return <BackupsSkeleton />
  const state = backupsState(list.data, now)
  const sentence = backupsSentence(list.data, now)
  if (state !== 'seen' && state !== 'stale') {
    const repositories = view?.stanza?.repositories.map(({ key }) => key) ?? []
    return <BackupsEmpty state={state} cluster={cluster} sentence={sentence} repositories={repositories} />
  }
  const waits = target === null ? 'Say first where to go back to.' : null
  return (
    <div className="grid max-w-5xl gap-4">
      <div className="grid gap-1">
        <p className="text-2xl font-medium tracking-[-0.02em] phone:text-xl">Go back in time</p>
        <p className="max-w-prose text-muted">{sentence} Nothing happens before you confirm at the end of this page.</p>
        {state === 'stale' && view ? (
          <p>
            <StateMark tone="unseen">stale</StateMark>{' '}
            <Age at={view.readAt} before="What is known of the backups is " after=" old." />
          </p>
        ) : null}
      </div>
      <WizardStep n={1} title="When" waitsFor={null}>
        <TargetPicker cluster={cluster} view={view} now={now} choice={choice} reach={reach} />
      </WizardStep>
      <WizardStep n={2} title="Plan" waitsFor={waits}>
        <PlanStep
          cluster={cluster}
          form={form}
          repositories={view?.stanza?.repositories.map(({ key }) => key) ?? []}
          onTarget={take}
        />
      </WizardStep>
      <WizardStep
        n={3}
        title="Confirm"
        waitsFor={waits ?? (may && form.plan === null ? 'The plan is not there yet.' : null)}
      >
        {may && form.plan ? (
          <ConfirmStep
            cluster={cluster}
            form={form}
            plan={form.plan}
            deafReason={phase === 'live' ? null : deafReason(phase)}
          />
        ) : (
          <p className="text-muted">You look on as {roles}: whoever has the role operator or admin can recover.</p>
        )}
      </WizardStep>
    </div>
  )
}
