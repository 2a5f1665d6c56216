import { count, listNames } from '#domain/words.ts'

/** Which databases are closed to clients at pgBouncer, and what of others: there is no name to close a `*` entry by, and pgBouncer does not tell whether it has one. */
export function closedByName(databases: readonly string[]): string {
  const others = 'is held off only while Postgres is stopped'
  const names = [...new Set(databases)].toSorted()
  if (names.length === 0)
    return `pgBouncer lists no database that could be closed: whoever a "*" entry lets in ${others}.`
  const which = names.length > mostNames ? count(names.length, 'database') : listNames(names)
  return `pgBouncer will close ${which}; whoever a "*" entry lets in to another ${others}.`
}

const mostNames = 4
