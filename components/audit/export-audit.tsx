import { paths } from '#components/paths.ts'
import type { AuditAsked } from './audit-filter.ts'

const linkClass = 'rounded-sm underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current'

/** The records that are listed as files: for a spreadsheet, and for an auditor who proves them without this console. */
export function ExportAudit({
  asked: { actor, cluster, action, outcome, operation, breakGlass, since, until },
}: {
  asked: AuditAsked
}) {
  const times = { since: since?.toISOString(), until: until?.toISOString() }
  const glass = breakGlass === true ? { breakGlass: 'true' } : {}
  const asked = { actor, cluster, action, outcome, operation, ...glass, ...times }
  const isWhole = Object.values(asked).every((value) => value === undefined)
  return (
    <p className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-muted print-hidden">
      {isWhole ? 'Export all' : 'Export these'}
      <a href={paths.auditExport('csv', asked)} download className={linkClass}>
        for a spreadsheet
      </a>
      <a href={paths.auditExport('jsonl', asked)} download className={linkClass}>
        {isWhole ? 'to prove elsewhere' : 'as JSON lines'}
      </a>
    </p>
  )
}
