/**
 * Reads a value back from its JSON: ISO strings under keys that name a time (`...At`, `...Since`, `at`, `since`, and Postgres's own
 * `backendStart` and `statsReset`) become Dates.
 */
export function reviveDates(value: unknown): unknown {
  if (typeof value === 'string') return reviveParsed(JSON.parse(value))
  return reviveParsed(value)
}

/**
 * Reads a value of ours back from the plain JSON it was kept as.
 * Without a guard the shape is taken on trust: only for JSON that this code base wrote itself.
 */
export function fromJson<T>(value: unknown, guard?: (revived: unknown) => revived is T): T {
  const revived = reviveDates(value)
  if (guard && !guard(revived)) throw new TypeError('The kept JSON does not have the expected shape.')
  return trusted<T>(revived)
}

function reviveParsed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reviveParsed)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const revived: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    Object.defineProperty(revived, key, {
      value: reviveProperty(key, inner),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return revived
}

function reviveProperty(key: string, inner: unknown): unknown {
  if (keyedByStrangers.has(key)) return inner
  if (typeof inner === 'string' && namesATime.test(key) && isoInstant.test(inner)) return new Date(inner)
  return reviveParsed(inner)
}

/** Records whose keys a cluster chooses: a tag called `createdAt` stays the string it is. */
const keyedByStrangers = new Set(['tags', 'pendingRestartReason', 'annotations'])
const namesATime = /(?:At|Since)$|^(?:at|since|serverNow|backendStart|statsReset)$/
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** The one place where a type is asserted: JSON that this code base wrote, or that the caller's guard has checked. */
function trusted<T>(value: unknown): T {
  return value as T
}
