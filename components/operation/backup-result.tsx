import { Moment } from '#components/time/moment.tsx'
import { Card } from '#components/ui/card.tsx'
import { formatBytes, formatDuration } from '#domain/format.ts'
import type { BackupResult } from '#domain/operation/operation.ts'
import { backupWords } from './operation-words.ts'

/** The backup as the repository lists it. */
export function BackupResultCard({ result, className }: { result: BackupResult; className: string }) {
  const { label, type, repository, sizeBytes, deltaBytes, startedAt, stoppedAt } = result
  return (
    <Card title="Listed" className={className}>
      <p className="font-mono text-md break-all">{label}</p>
      <p className="pt-1 text-muted">
        {`It is ${backupWords[type]} backup, taken in `}
        <strong className="font-semibold text-text">{formatDuration(stoppedAt.getTime() - startedAt.getTime())}</strong>
        .
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 pt-3 [&_dd]:text-right [&_dt]:text-muted">
        <dt>Repository</dt>
        <dd>{repository}</dd>
        <dt>Database</dt>
        <dd>
          <Size bytes={sizeBytes} />
        </dd>
        <dt>Copied now</dt>
        <dd>
          <Size bytes={deltaBytes} />
        </dd>
        <dt>Began</dt>
        <dd>
          <Moment at={startedAt} shape="full" />
        </dd>
        <dt>Ended</dt>
        <dd>
          <Moment at={stoppedAt} shape="full" />
        </dd>
      </dl>
    </Card>
  )
}

function Size({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <span className="text-faint">not told</span>
  return <span data-tip={`${bytes.toLocaleString('en-US')} bytes`}>{formatBytes(bytes)}</span>
}
