import { paths } from '#components/paths.ts'
import { Moment } from '#components/time/moment.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { formatInstant } from '#domain/format.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { actWords, outcomeLooks } from './audit-words.ts'
import { detailParts } from './detail-parts.ts'
import { RecordDetail } from './record-detail.tsx'

/** One record in full: the act, what was planned and done, and its place in the chain. */
export function RecordView({ record }: { record: AuditRecord }) {
  const { tone, word } = outcomeLooks[record.outcome]
  const parts = detailParts(record.detail)
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <p className="text-lg tracking-[-0.01em]">
          <span className="font-semibold">{actWords(record.action)}</span>
          {record.target === '' ? null : <span className="break-words text-muted"> {record.target}</span>}
        </p>
        <StateMark tone={tone}>{word}</StateMark>
        {parts.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:break-words [&_dt]:text-muted">
        <dt>When</dt>
        <dd>
          <Moment at={record.at} shape="full" className="whitespace-normal" />
          <span className="block text-sm text-faint">{formatInstant(record.at)}</span>
        </dd>
        <dt>Who</dt>
        <dd>
          {record.actor.name}
          {record.actor.kind === 'user' ? '' : ` (${record.actor.kind === 'token' ? 'a token' : 'the console itself'})`}
        </dd>
        {record.clusterName === null ? null : (
          <>
            <dt>Cluster</dt>
            <dd>
              <TextLink href={paths.cluster(record.clusterName)}>{record.clusterName}</TextLink>
            </dd>
          </>
        )}
        <dt>Act</dt>
        <dd className="font-mono text-sm leading-[1.625]">{record.action}</dd>
        {record.reason === null ? null : (
          <>
            <dt>Reason</dt>
            <dd className="whitespace-pre-line">{record.reason}</dd>
          </>
        )}
        {record.operationId === null ? null : (
          <>
            <dt>Operation</dt>
            <dd>
              <TextLink href={paths.operation(record.operationId)}>Its steps and outcome</TextLink>
            </dd>
          </>
        )}
      </dl>
      <RecordDetail parts={parts} />
      <section aria-label="In the chain" className="grid gap-1.5">
        <h3 className="text-sm text-faint">In the chain</h3>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-0.5 [&_dt]:text-muted">
          <dt>Record</dt>
          <dd>{record.seq}</dd>
          <dt>Hash</dt>
          <dd className="flex min-w-0">
            <Copy text={record.hash} />
          </dd>
          <dt>Previous</dt>
          <dd className="flex min-w-0">
            <Copy text={record.previousHash} />
          </dd>
        </dl>
      </section>
      {record.detail === null || record.detail === undefined ? null : (
        <details className="print-hidden">
          <summary className="text-muted hover:text-text phone:py-3">The detail as kept</summary>
          <pre
            tabIndex={0}
            className="mt-2 max-h-80 overflow-auto rounded-md bg-page p-3 font-mono text-xs break-all whitespace-pre-wrap"
          >
            {JSON.stringify(record.detail, null, 2)}
          </pre>
        </details>
      )}
    </div>
  )
}
