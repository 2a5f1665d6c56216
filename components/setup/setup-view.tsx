'use client'

import { cx } from 'class-variance-authority'
import { Age } from '#components/time/age.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Card } from '#components/ui/card.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { SetupCheck } from '#domain/setup/setup-finding.ts'
import { count } from '#domain/words.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { FailedRules } from './failed-rules.tsx'
import { FoldedRules } from './folded-rules.tsx'
import { SetupSkeleton } from './setup-skeleton.tsx'
import { TruthCard } from './truth-card.tsx'
import { useSetup } from './use-setup.ts'

/** Whether a cluster is set up as it should be, and whether all who can be asked agree on who leads. */
export function SetupView({ cluster }: { cluster: string }) {
  const checked = useSetup(cluster)
  const now = useCoarseNow()
  if (checked.error && !checked.data) return <QueryProblem query={checked} />
  if (!checked.data) return <SetupSkeleton />
  const { seenAt, sentence, checks, truth } = checked.data
  if (seenAt === null || truth === null) {
    return (
      <Empty title={`The console has not looked at ${cluster} yet.`}>
        Its rules are judged after the first look, which takes a few seconds. If nothing appears, check that the worker
        runs.
      </Empty>
    )
  }
  const isStale = now.getTime() - seenAt.getTime() > staleMs
  return (
    <div className="grid gap-6">
      <p className={cx('max-w-prose text-lg tracking-[-0.01em]', isStale && 'text-muted')}>{sentence}</p>
      <SeenBy checked={checked.data} isStale={isStale} />
      <div className={cx('grid gap-6', isStale && 'grayscale')}>
        <FailedRules checks={of(checks, 'failed')} />
        <TruthCard truth={truth} />
        <Rest checks={checks} />
      </div>
    </div>
  )
}

function Rest({ checks }: { checks: readonly SetupCheck[] }) {
  const unseen = of(checks, 'unseen')
  const passed = of(checks, 'passed')
  const other = of(checks, 'not-applicable')
  if (unseen.length + passed.length + other.length === 0) return null
  return (
    <Card title="The other rules">
      <div className="grid gap-3">
        <FoldedRules
          checks={unseen}
          summary={`${count(unseen.length, 'rule')} not seen, and why`}
          tone="unseen"
          isOpen
        />
        <FoldedRules checks={passed} summary={`${count(passed.length, 'rule')} passed`} tone="ok" />
        <FoldedRules checks={other} summary={`${count(other.length, 'rule')} not applicable`} tone="quiet" />
      </div>
    </Card>
  )
}

/** As of when it is judged, and how deep that look was. */
function SeenBy({ checked, isStale }: { checked: RouterOutputs['setup']['checks']; isStale: boolean }) {
  const { seenAt, stackSeenAt } = checked
  return (
    <p className="text-sm text-muted">
      {isStale ? <StateMark tone="unseen">stale</StateMark> : null}{' '}
      {seenAt ? <Age at={seenAt} before="Seen " after=" ago" /> : null}
      {stackSeenAt ? (
        <Age at={stackSeenAt} before="; the layers in depth " after=" ago." />
      ) : (
        '; the layers have not been looked at in depth yet.'
      )}
    </p>
  )
}

function of(checks: readonly SetupCheck[], outcome: SetupCheck['outcome']): SetupCheck[] {
  return checks.filter((check) => check.outcome === outcome)
}

/** It is asked for every 10 s. */
const staleMs = 30_000
