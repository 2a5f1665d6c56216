/** Whether a pgBouncer of this version, e.g. `1.25.1dev` or `PgBouncer 1.24.1`, is older than that one; null = its version cannot be read. */
export function isPoolerBefore(version: string, floor: readonly number[]): boolean | null {
  const text = /\d+(?:\.\d+)+/.exec(version)?.[0]
  if (text === undefined) return null
  const parts = text.split('.').map(Number)
  for (const [index, least] of floor.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}
