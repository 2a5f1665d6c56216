import { configNumber } from '#domain/setup/pooler-config.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import { isPoolerBefore } from './pooler-version.ts'

/** Databases of a pooler whose clients are pooled in this way unless their user has another. */
export function databasesInMode({ databases, config }: PoolerDetail, mode: string): string[] {
  return databases
    .filter((database) => (database.mode ?? config['pool_mode'] ?? 'session') === mode)
    .map(({ name }) => name)
}

/** What becomes of prepared statements of the protocol in transaction mode; null = it does not tell. */
export type PreparedStatements = 'kept' | 'unknown to it' | 'off'

/** 1.21 was the first to keep them. */
export function preparedStatementsOf({ version, config }: PoolerDetail): PreparedStatements | null {
  const isOld = isPoolerBefore(version, [1, 21])
  if (isOld === true) return 'unknown to it'
  const most = configNumber(config, 'max_prepared_statements')
  if (most === 0) return 'off'
  return isOld === null || most === null ? null : 'kept'
}

/** Said of databases, wherever it is told. */
export const modeSentences = {
  statement: (what: string) => `Transactions of more than one statement are refused on ${what} (statement mode).`,
  session: (what: string) => `Each client of ${what} keeps a server for as long as it is connected (session mode).`,
  preparedOff: (what: string) =>
    `Prepared statements of the protocol fail on ${what} in transaction mode (max_prepared_statements is 0).`,
  preparedUnknown: (what: string, version: string) =>
    `Prepared statements of the protocol fail on ${what} in transaction mode: pgBouncer ${version} does not keep them, 1.21 and later can.`,
} as const
