'use client'

import { PlanView } from '#components/operation/plan-view.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Age } from '#components/time/age.tsx'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { LostCommits } from './lost-commits.tsx'
import { RestoreFacts } from './restore-facts.tsx'
import { planHoldsMs, type RestoreForm } from './restore-form.ts'
import { RestoreOptionsFields } from './restore-options.tsx'
import { TakeNearest } from './take-nearest.tsx'

interface PlanStepProps {
  cluster: string
  form: RestoreForm
  repositories: readonly number[]
  onTarget: (target: RecoveryTarget) => void
}

/** What would happen, what it costs and what stands in the way; with what can be chosen about it. */
export function PlanStep({ cluster, form, repositories, onTarget }: PlanStepProps) {
  const { plan, error } = form
  return (
    <div className="grid gap-7">
      <RestoreOptionsFields
        options={form.options}
        onChange={form.change}
        repositories={repositories}
        error={fieldErrors(error)['check']}
      />
      {plan ? <Plan cluster={cluster} plan={plan} onTarget={onTarget} /> : null}
      {!plan && error ? <ErrorPanel sentence={errorSentence(error)} onRetry={form.askAgain} /> : null}
      {!plan && !error ? (
        <div role="status" aria-label="Making the plan">
          <Skeleton className="h-96 rounded-md" />
        </div>
      ) : null}
    </div>
  )
}

function Plan({ cluster, plan, onTarget }: Pick<PlanStepProps, 'cluster' | 'onTarget'> & { plan: RestorePlan }) {
  const { nearestAt, madeAt, leader, node, replicas } = plan
  const isOld = useNow().getTime() - madeAt.getTime() > planHoldsMs
  return (
    <div className={isOld ? 'grid gap-6 text-muted grayscale' : 'grid gap-6'}>
      {isOld ? (
        <p>
          <StateMark tone="unseen">stale</StateMark> <Age at={madeAt} before="This plan was made " after=" ago." />
        </p>
      ) : null}
      <RestoreFacts
        plan={plan}
        commits={<LostCommits key={JSON.stringify([plan.target, plan.repository])} cluster={cluster} plan={plan} />}
      />
      <PlanView plan={plan} names={[leader, node, ...replicas].filter((name) => name !== '')} />
      <TakeNearest nearestAt={nearestAt} onTarget={onTarget} />
    </div>
  )
}
