import { button } from '#components/ui/button.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { formatBytes } from '#domain/format.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { extractStays } from '#domain/rehearsal/extract-size.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'

interface ExtractFileProps {
  operation: Operation
  extract: NonNullable<RehearsalResult['extract']>
}

/** What a rehearsal took out of the recovered data, for whoever may take it. */
export function ExtractFile({ operation, extract }: ExtractFileProps) {
  const { node, bytes, sha256 } = extract
  const may = useMay('restore.request')
  const stays = extractStays(extract)
  return (
    <section aria-label="Taken out" className="grid gap-2">
      <h3 className="font-medium">Taken out</h3>
      <p className="text-muted">
        A dump of {formatBytes(bytes)} for pg_restore lies on {node}.
      </p>
      <p className="flex min-w-0 items-center gap-2 text-sm text-muted">
        SHA-256 <Copy text={sha256} shown={`${sha256.slice(0, 16)}…`} />
      </p>
      {stays === null ? null : <p className="min-w-0 break-words">{stays}</p>}
      {may && stays === null ? (
        <a
          href={paths.extractFile(operation.id)}
          download
          className={button({ size: 'small', className: 'justify-self-start print-hidden' })}
        >
          Download the dump
        </a>
      ) : null}
    </section>
  )
}
