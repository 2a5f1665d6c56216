'use client'

import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { cx } from 'class-variance-authority'
import { useSearchParams } from 'next/navigation'
import { useViewer } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { setQueryParams } from '#components/url/use-query-params.ts'
import { formatInstant } from '#domain/format.ts'
import { auditAsked, isAuditFiltered, readAuditFilter, tellAuditFilter, type AuditFilter } from './audit-filter.ts'
import { AuditFilters, showAll } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { ExportAudit } from './export-audit.tsx'
import { RecordPanel } from './record-panel.tsx'
import { useAuditPages } from './use-audit-pages.ts'
import { VerifyChain } from './verify-chain.tsx'

/** Who did what to what, why, and how it came out. */
export function AuditView() {
  const search = useSearchParams()
  const zone = useZone()
  const filter = readAuditFilter(search)
  const open = readSeq(search.get('seq'))
  const asked = auditAsked(filter, zone)
  const pages = useAuditPages(asked)
  const records = pages.data?.pages.flatMap((page) => page.records) ?? []

  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <VerifyChain />
        <ExportAudit asked={asked} />
      </div>
      <AuditFilters filter={filter} />
      <PrintedHead filter={filter} />
      <div className={cx('grid items-start gap-6 print:block', open !== null && 'lg:grid-cols-[minmax(0,1fr)_26rem]')}>
        <div className="grid min-w-0 gap-5">
          {pages.data && records.length > 0 ? (
            <AuditTable records={records} open={open} onOpen={(seq) => setQueryParams({ seq: String(seq) })} />
          ) : null}
          {pages.data && records.length === 0 ? <NoRecords isFiltered={isAuditFiltered(filter)} /> : null}
          <QueryProblem query={pages} />
          {pages.isPending ? <AuditSkeleton /> : null}
          {pages.hasNextPage ? (
            <Button
              onClick={() => void pages.fetchNextPage()}
              isBusy={pages.isFetchingNextPage}
              className="justify-self-start print-hidden"
            >
              Show older records
            </Button>
          ) : null}
        </div>
        {open === null ? null : (
          <RecordPanel
            seq={open}
            listed={records.find((record) => record.seq === open)}
            onClose={() => setQueryParams({ seq: '' })}
          />
        )}
      </div>
    </div>
  )
}

function NoRecords({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No record matches." action={<Button onClick={showAll}>Show all records</Button>}>
        Names are found by a part of them; clusters and acts must be named in full.
      </Empty>
    )
  }
  return (
    <Empty title="Nothing has been done through the console yet.">
      Every act is kept here for good: who asked for it, why, what was planned and what came of it.
    </Empty>
  )
}

/** Stands above a printed list only. */
function PrintedHead({ filter }: { filter: AuditFilter }) {
  const viewer = useViewer()
  const now = useNow()
  const told = tellAuditFilter(filter)
  return (
    <p className="hidden print:block">
      Audit log of this console{told ? ` (${told})` : ''}, printed by {viewer.name} on {formatInstant(now)}.
    </p>
  )
}

function AuditSkeleton() {
  return (
    <div role="status" aria-label="Loading audit records" className="grid gap-px">
      {Array.from({ length: 14 }, (_, index) => (
        <Skeleton key={index} className="h-8 rounded-none" />
      ))}
    </div>
  )
}

function readSeq(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : null
}
