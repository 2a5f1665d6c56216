import { Moment } from '#components/time/moment.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { policyActWords } from '#domain/approvals/policy-act.ts'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import { formatDuration } from '#domain/format.ts'
import type { Scope } from '#domain/people/grant.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { capital, count, listNames } from '#domain/words.ts'

interface PolicyCardProps {
  policy: ApprovalPolicy
  clusters: readonly FleetRow[]
  /** Null = the viewer may not. */
  onChange: (() => void) | null
  onRemove: (() => void) | null
}

/** One policy in words. */
export function PolicyCard({ policy, clusters, onChange, onRemove }: PolicyCardProps) {
  const { name, scope, acts, approvals, countsForSeconds, runWithinSeconds, allowsBreakGlass, changedBy } = policy
  return (
    <Card
      title={name}
      aside={
        <span>
          set by {changedBy.name}, <Moment at={policy.changedAt} />
        </span>
      }
    >
      <div className="grid gap-3">
        <p>
          {capital(listNames(acts.map((act) => policyActWords[act])))} on {scopeWords(scope, clusters)}:{' '}
          <span className="font-medium">{count(approvals, 'approval')}</span>.
        </p>
        <p className="text-muted">
          A request waits and an approval counts for {formatDuration(countsForSeconds * 1000)}; what is approved is run
          within {formatDuration(runWithinSeconds * 1000)}.{' '}
          {allowsBreakGlass ? 'One person may break the glass.' : 'Nobody may act alone.'}
        </p>
        {onChange && onRemove ? (
          <div className="flex gap-2">
            <Button size="small" onClick={onChange}>
              Change
            </Button>
            <Button size="small" tone="danger" onClick={onRemove}>
              Remove
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  )
}

function scopeWords(scope: Scope, clusters: readonly FleetRow[]): string {
  switch (scope.kind) {
    case 'all':
      return 'all clusters'
    case 'label':
      return `clusters with the label ${scope.label}`
    case 'cluster':
      return clusters.find(({ clusterId }) => clusterId === scope.clusterId)?.name ?? 'a cluster that is gone'
  }
}
