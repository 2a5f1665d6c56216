import { AppError } from '#server/errors.ts'
import type { Route } from './routes.ts'

/** How many rows of a plain list one answer holds where nothing is asked. */
const pageSize = 500

/** Takes `limit` and `cursor` from the query of a plain list; null for what is no such list. */
export function takePage({ rowKey }: Route, query: URLSearchParams): { limit: number; cursor: string | null } | null {
  if (rowKey === undefined) return null
  const text = query.get('limit') ?? String(pageSize)
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > pageSize) {
    const sentence = `Must be a number from 1 to ${pageSize}.`
    throw new AppError('invalid', 'Not accepted: look at limit.', { fields: [{ field: 'limit', sentence }] })
  }
  const cursor = query.get('cursor')
  query.delete('limit')
  query.delete('cursor')
  return { limit, cursor }
}

/** What a page's `cursor` is called within, where the procedure turns its own pages by `before`. */
export function renameCursor(query: URLSearchParams, fields: ReadonlySet<string>): void {
  const cursor = query.get('cursor')
  if (cursor === null || fields.has('cursor') || !fields.has('before') || query.has('before')) return
  query.delete('cursor')
  query.set('before', cursor)
}

/** The rows of one page of a plain list and the cursor of the next, the key of its last row; throws AppError `invalid` for a row that is not there any more. */
export function pageOf(
  rows: readonly unknown[],
  rowKey: string,
  { limit, cursor }: { limit: number; cursor: string | null },
): { rows: unknown[]; next: string | null } {
  const at = cursor === null ? -1 : rows.findIndex((row) => keyIn(row, rowKey) === cursor)
  if (cursor !== null && at === -1) {
    const sentence = 'Leads to nothing any more: begin at the first page.'
    throw new AppError('invalid', 'Not accepted: look at cursor.', { fields: [{ field: 'cursor', sentence }] })
  }
  const page = rows.slice(at + 1, at + 1 + limit)
  const hasMore = at + 1 + limit < rows.length
  return { rows: page, next: hasMore ? keyIn(page.at(-1), rowKey) : null }
}

/** The cursor of the page after an answer; null where there is none. */
export function nextIn(output: unknown): string | null {
  if (typeof output !== 'object' || output === null) return null
  const told = new Map(Object.entries(output))
  const next: unknown = told.get('next') ?? told.get('nextBefore')
  return typeof next === 'string' || typeof next === 'number' ? String(next) : null
}

/** Adds `next`, the cursor of the page after it, to an answer that names its pages otherwise. */
export function withNext(output: unknown): unknown {
  if (typeof output !== 'object' || output === null || !('nextBefore' in output)) return output
  return { ...output, next: nextIn(output) }
}

/** The Link header (RFC 8288) to the next page of this address. */
export function linkTo(address: string, cursor: string): string {
  const { pathname, searchParams } = new URL(address)
  searchParams.delete('before')
  searchParams.set('cursor', cursor)
  return `<${pathname}?${searchParams}>; rel="next"`
}

function keyIn(row: unknown, key: string): string | null {
  if (typeof row !== 'object' || row === null) return null
  const value: unknown = Object.entries(row).find(([name]) => name === key)?.[1]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
