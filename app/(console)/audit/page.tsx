import type { Metadata } from 'next'
import { isAllowed } from '#domain/people/permission.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { toQuery, type SearchParams } from '#app/search-params.ts'
import { auditAsked, readAuditFilter } from '#components/audit/audit-filter.ts'
import { auditPages } from '#components/audit/audit-pages.ts'
import { AuditOrNote } from '#components/audit/audit-or-note.tsx'
import { paths } from '#components/paths.ts'
import { PageHeader } from '#components/shell/page-header.tsx'

export const metadata: Metadata = { title: 'Audit' }

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = toQuery(await searchParams)
  const { grants } = await authorise(`${paths.audit()}${query.size === 0 ? '' : `?${query}`}`)
  const asked = auditAsked(readAuditFilter(query), 'UTC')
  return (
    <Prefetched
      fill={(keys, api) =>
        isAllowed(grants, 'audit.read', 'anywhere')
          ? [auditPages(keys.audit.list.pathKey(), asked, () => api.audit.list(asked))]
          : []
      }
    >
      <div className="grid gap-5">
        <PageHeader title="Audit" isLive={false} />
        <AuditOrNote />
      </div>
    </Prefetched>
  )
}
