/** A name as Postgres, pgBouncer's console and a pattern of pg_dump take it: whatever is in it, it has no meaning of its own. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
