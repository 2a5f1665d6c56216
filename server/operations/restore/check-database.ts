import type { TableSeen } from '#domain/recovery/recovered-data.ts'

/** The query of a check, and the database it is asked in: the one named by a first line `\c NAME`, else that of the greatest table. */
export function checkQuery(check: string, tables: readonly TableSeen[]): { database: string; query: string } {
  const named = /^\s*\\c(?:onnect)?[ \t]+(\S{1,63})[ \t]*;?[ \t]*\n([\s\S]+)$/.exec(check)
  if (named?.[1] !== undefined && named[2] !== undefined) return { database: named[1], query: named[2].trim() }
  const [greatest] = tables.toSorted((a, b) => b.bytes - a.bytes)
  return { database: greatest?.database ?? 'postgres', query: check }
}
