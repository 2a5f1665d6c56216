import type { QueryKey } from '@tanstack/react-query'
import type { AuditAsked } from './audit-filter.ts'

/** Where the cache keeps pages of records. */
export function auditPagesKey(path: QueryKey, asked: AuditAsked): QueryKey {
  return [...path, { input: asked, type: 'pages' }]
}

/** The first page as a page that is being rendered has it at hand. */
export function auditPages<Page>(
  path: QueryKey,
  asked: AuditAsked,
  ask: () => Promise<Page>,
): [QueryKey, () => Promise<{ pages: Page[]; pageParams: null[] }>] {
  return [auditPagesKey(path, asked), async () => ({ pages: [await ask()], pageParams: [null] })]
}
