import { dayAfter, startOfDay } from '#components/time/day-start.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { isOutcome } from './audit-words.ts'

/** Which records are shown, as the address says. */
export interface AuditFilter {
  /** Part of a name. */
  actor: string
  cluster: string
  /** An act, or with a trailing dot all of a kind. */
  action: string
  outcome: AuditRecord['outcome'] | ''
  /** First and last day, e.g. `2026-11-23`, in the viewer's zone. */
  from: string
  to: string
  /** Records of one operation only. */
  operation: string
  /** `yes` = only what one person did alone. */
  glass: 'yes' | ''
}

/** Reads the filter from an address; an outcome or operation that cannot be counts as none. */
export function readAuditFilter(query: { get: (name: string) => string | null }): AuditFilter {
  const outcome = query.get('outcome') ?? ''
  const operation = query.get('operation') ?? ''
  return {
    actor: query.get('actor') ?? '',
    cluster: query.get('cluster') ?? '',
    action: query.get('action') ?? '',
    outcome: isOutcome(outcome) ? outcome : '',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    operation: isIdentifier(operation) ? operation : '',
    glass: query.get('glass') === 'yes' ? 'yes' : '',
  }
}

function isIdentifier(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text)
}

/** What the procedure is asked for. */
export interface AuditAsked {
  actor?: string
  cluster?: string
  action?: string
  outcome?: AuditRecord['outcome']
  operation?: string
  breakGlass?: boolean
  since?: Date
  until?: Date
  limit: number
}

/** The question for a filter. */
export function auditAsked(
  { actor, cluster, action, outcome, from, to, operation, glass }: AuditFilter,
  zone: string,
): AuditAsked {
  const since = startOfDay(from, zone)
  const until = startOfDay(dayAfter(to), zone)
  return {
    ...(actor === '' ? {} : { actor }),
    ...(cluster === '' ? {} : { cluster }),
    ...(action === '' ? {} : { action }),
    ...(outcome === '' ? {} : { outcome }),
    ...(operation === '' ? {} : { operation }),
    ...(glass === '' ? {} : { breakGlass: true }),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    limit: 100,
  }
}

/** True where anything is left out. */
export function isAuditFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some((value) => value !== '')
}

/** The filter in words, for a printed page; null where nothing is left out. */
export function tellAuditFilter({
  actor,
  cluster,
  action,
  outcome,
  from,
  to,
  operation,
  glass,
}: AuditFilter): string | null {
  const parts = [
    actor === '' ? '' : `by “${actor}”`,
    cluster === '' ? '' : `on ${cluster}`,
    action === '' ? '' : `act ${action}`,
    outcome === '' ? '' : `outcome ${outcome}`,
    from === '' ? '' : `from ${from}`,
    to === '' ? '' : `to ${to}`,
    operation === '' ? '' : `of operation ${operation}`,
    glass === '' ? '' : 'break-glass only',
  ].filter(Boolean)
  return parts.length === 0 ? null : parts.join(', ')
}
