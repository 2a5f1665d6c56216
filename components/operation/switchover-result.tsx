import { Card } from '#components/ui/card.tsx'
import { formatDuration } from '#domain/format.ts'
import type { SwitchoverResult } from '#domain/operation/operation.ts'
import { notMeasured } from './not-measured.ts'

/** What was measured and verified after the lead moved. */
export function SwitchoverResultCard({ result, className }: { result: SwitchoverResult; className: string }) {
  return (
    <Card title="Measured" className={className}>
      <p className="text-lg tracking-[-0.01em]">
        {result.interruptionMs === null ? (
          notMeasured(result)
        ) : (
          <>
            Writes stopped for{' '}
            <strong className="font-semibold" data-tip={`${result.interruptionMs} ms`}>
              {formatDuration(result.interruptionMs)}
            </strong>
            .
          </>
        )}
      </p>
      {result.interruptionBasis ? <p className="pt-1 text-muted">{result.interruptionBasis}</p> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 pt-3 [&_dd]:text-right [&_dt]:text-muted">
        <dt>Leader</dt>
        <dd>
          {result.oldLeader || 'nobody'} → {result.newLeader ?? 'unknown'}
        </dd>
        <dt>Timeline</dt>
        <dd>
          {result.timelineBefore ?? 'unknown'} → {result.timelineAfter ?? 'unknown'}
        </dd>
      </dl>
    </Card>
  )
}
