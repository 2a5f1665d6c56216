import type pg from 'pg'

/** A pool or a transaction: whatever takes SQL with values. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>
}
