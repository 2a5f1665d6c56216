import { isPoolerBefore } from '#domain/stack/pooler-version.ts'

/** What every version shows, asked on every look. */
export const asks = ['pools', 'databases', 'users', 'clients', 'servers', 'lists', 'stats_totals'] as const

export type Row = Record<string, unknown>

/** Rows by what was asked to be shown; by column names, of any version. */
export type Shown = Partial<Record<(typeof asks)[number], Row[]>> & {
  /** Empty where this version shows none. */
  state: Row[]
  config: Row[]
}

/** Whether a version tells that all of it is paused; an older one logs an error when it is asked. */
export function showsState(version: string): boolean {
  return isPoolerBefore(version, [1, 19]) === false
}
