'use client'

import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { leftOverOn } from '#domain/recovery/left-over.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'
import { count } from '#domain/words.ts'
import { AttemptView } from './attempt-view.tsx'
import { CheckAnswerView } from './check-answer-view.tsx'
import { ExtractFile } from './extract-file.tsx'
import { KeptData } from './kept-data.tsx'
import { PhasesBars } from './phases-bars.tsx'
import { ReportActs } from './report-acts.tsx'
import { TablesSeenView } from './tables-seen-view.tsx'

/** What a rehearsal found: whether the backups yield the moment, what was in it, and how long a real recovery would take. */
export function RehearsalReport({ operation, result }: { operation: Operation; result: RehearsalResult }) {
  const { isGood, fault, recoveryMs, attempt, check, tables, phases, pages, extract } = result
  const leftOn = extract === null ? leftOverOn(operation) : null
  return (
    <Card title="Report of the rehearsal" aside={<ReportActs operation={operation} />}>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <div className="grid gap-1">
            <p>
              <StateMark tone={isGood ? 'ok' : 'bad'}>
                {isGood ? 'The backups yield what was asked for.' : 'The backups did not yield what was asked for.'}
              </StateMark>
            </p>
            {fault === null ? null : <p className="text-lg tracking-[-0.01em]">{fault}</p>}
            {recoveryMs === null ? null : (
              <p className="text-lg tracking-[-0.01em]">
                A real recovery would take about{' '}
                <strong className="font-semibold whitespace-nowrap">{formatDuration(recoveryMs)}</strong> until the data
                can be used.
              </p>
            )}
          </div>
          {attempt ? <AttemptView attempt={attempt} /> : null}
          {/* The attempt tells its own answers; they stand here where it has none. */}
          {check && !attempt?.check ? <CheckAnswerView check={check} /> : null}
          {tables.length > 0 && !attempt?.tables.length ? <TablesSeenView tables={tables} /> : null}
        </div>
        <div className="grid content-start gap-6">
          <Facts result={result} />
          {pages ? <Pages pages={pages} /> : null}
          <PhasesBars phases={phases} />
          {extract ? (
            <>
              <ExtractFile operation={operation} extract={extract} />
              <KeptData operation={operation} nodes={[extract.node]} />
            </>
          ) : null}
          {leftOn === null ? null : <KeptData operation={operation} nodes={[leftOn]} isGivenUp />}
        </div>
      </div>
    </Card>
  )
}

function Facts({ result: { node, set, repository, targetWords, restoredBytes } }: { result: RehearsalResult }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:text-right [&_dd]:break-all [&_dt]:text-muted">
      <dt>Target</dt>
      <dd>{targetWords}</dd>
      <dt>Restored on</dt>
      <dd>{node}, beside the cluster</dd>
      <dt>From backup</dt>
      <dd>
        <span className="font-mono text-sm">{set}</span> in repository {repository}
      </dd>
      <dt>Restored</dt>
      <dd>{restoredBytes === null ? 'not told' : formatBytes(restoredBytes)}</dd>
    </dl>
  )
}

function Pages({ pages: { relations, faults, problem } }: { pages: NonNullable<RehearsalResult['pages']> }) {
  return (
    <section aria-label="Pages" className="grid gap-1">
      <h3 className="font-medium">Pages</h3>
      {problem === null ? (
        <p>
          <StateMark tone={faults.length === 0 ? 'ok' : 'bad'}>
            {faults.length === 0
              ? `amcheck found no fault in ${count(relations, 'relation')}.`
              : `amcheck found ${count(faults.length, 'fault')} in ${count(relations, 'relation')}.`}
          </StateMark>
        </p>
      ) : (
        <p>
          <StateMark tone="warn">{problem}</StateMark>
        </p>
      )}
      {faults.length === 0 ? null : (
        <ol
          tabIndex={0}
          aria-label="Faults"
          className="max-h-56 overflow-y-auto rounded-md bg-page px-3 py-2 font-mono text-sm"
        >
          {faults.map((fault, index) => (
            <li key={index} className="break-words">
              {fault}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
