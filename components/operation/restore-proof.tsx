'use client'

import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import { leftOverOn } from '#domain/recovery/left-over.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RestoreResult } from '#domain/recovery/restore-result.ts'
import { count } from '#domain/words.ts'
import { AttemptView } from './attempt-view.tsx'
import { KeptData } from './kept-data.tsx'
import { MembersSeen } from './members-seen.tsx'
import { PhasesBars } from './phases-bars.tsx'
import { ReportActs } from './report-acts.tsx'

/** The proof of a recovery: what was wanted, where it stopped, what was seen of the data, and how the cluster stands since. */
export function RestoreProof({ operation, result }: { operation: Operation; result: RestoreResult }) {
  const { attempts, phases, members, keptAside } = result
  const last = attempts.at(-1)
  const leftOn = keptAside.length > 0 ? null : leftOverOn(operation)
  const earlier = attempts.slice(0, -1)
  return (
    <Card title="Proof of the recovery" aside={<ReportActs operation={operation} />}>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <Ended result={result} />
          {last ? <AttemptView attempt={last} /> : <p className="text-muted">No recovery came as far as its target.</p>}
          {earlier.length > 0 ? (
            <details>
              <summary className="min-h-6 cursor-pointer text-muted hover:text-text phone:min-h-11">
                {count(earlier.length, 'recovery', 'recoveries')} before
              </summary>
              <ol className="grid gap-5 pt-3">
                {earlier.map((attempt, index) => (
                  // Two may have had the same target.
                  <li key={index} className="border-l border-line pl-4">
                    <AttemptView attempt={attempt} />
                  </li>
                ))}
              </ol>
            </details>
          ) : null}
        </div>
        <div className="grid content-start gap-6">
          <Facts result={result} />
          {members.length > 0 ? <MembersSeen members={members} /> : null}
          <PhasesBars phases={phases} />
          {keptAside.length > 0 ? <KeptData operation={operation} nodes={keptAside.map(({ node }) => node)} /> : null}
          {leftOn === null ? null : <KeptData operation={operation} nodes={[leftOn]} isGivenUp />}
        </div>
      </div>
    </Card>
  )
}

function Ended({ result: { ended, writableAfterMs } }: { result: RestoreResult }) {
  const { tone, sentence } = endings[ended]
  return (
    <div className="grid gap-1">
      <p>
        <StateMark tone={tone}>{sentence}</StateMark>
      </p>
      {writableAfterMs === null ? null : (
        <p className="text-lg tracking-[-0.01em]">
          Writes stopped for{' '}
          <strong className="font-semibold whitespace-nowrap" data-tip={`${Math.round(writableAfterMs)} ms`}>
            {formatDuration(writableAfterMs)}
          </strong>
          .
        </p>
      )}
    </div>
  )
}

const endings = {
  committed: { tone: 'ok', sentence: 'The cluster runs on the recovered data.' },
  abandoned: { tone: 'quiet', sentence: 'The old cluster is back as it was.' },
  standing: { tone: 'warn', sentence: 'Neither the recovered nor the old cluster runs: the steps say what stands.' },
} as const satisfies Record<RestoreResult['ended'], unknown>

function Facts({ result }: { result: RestoreResult }) {
  const { node, set, repository, targetTimeline, timelineBefore, timelineAfter } = result
  const { systemIdentifier, archivedWal, newBackup } = result
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:text-right [&_dd]:break-all [&_dt]:text-muted">
      <dt>Recovered on</dt>
      <dd>{node}</dd>
      <dt>From backup</dt>
      <dd>
        <span className="font-mono text-sm">{set}</span> in repository {repository}
      </dd>
      <dt>Along timeline</dt>
      <dd>{targetTimeline}</dd>
      <dt>Timeline</dt>
      <dd>
        {timelineBefore ?? 'unknown'} → {timelineAfter ?? 'unknown'}
      </dd>
      <dt>System identifier</dt>
      <dd className="font-mono text-sm">{systemIdentifier ?? 'unknown'}</dd>
      <dt>First WAL archived since</dt>
      <dd className="font-mono text-sm">{archivedWal ?? 'not seen'}</dd>
      <dt>Full backup since</dt>
      <dd className="font-mono text-sm">{newBackup ?? 'none yet'}</dd>
    </dl>
  )
}
