import type { RehearsalExtract } from '#domain/plan/rehearsal-plan.ts'
import { UsageError } from './api-problem.ts'

/** What is to be taken out as typed: names with a dot in them are written in double quotes, as Postgres has it. Throws UsageError. */
export function extractIn(text: string): RehearsalExtract {
  const parts = [...text.matchAll(/(?:"((?:[^"]|"")+)"|([^".]+))(\.|$)/gy)]
  const [database, schema, table] = parts.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
  const isWhole = parts.reduce((length, [part]) => length + part.length, 0) === text.length && !text.endsWith('.')
  if (isWhole && parts.length <= 3 && database && schema) return { database, schema, table: table ?? null }
  throw new UsageError(`${text} names nothing to take out: write database.schema.table, or database.schema.`)
}
