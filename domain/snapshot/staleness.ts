/** How often each system is looked at while nothing is moving, ms; a value is stale past three of them. */
export const lookIntervalsMs = {
  patroni: 2000,
  etcd: 4000,
  postgres: 2000,
  haproxy: 2000,
  pooler: 10_000,
} as const

/** True when a value is older than three intervals at `now`, or was never seen; it must then not be shown as current. */
export function isStale(seenAt: Date | null, now: Date, intervalMs: number = lookIntervalsMs.patroni): boolean {
  if (seenAt === null) return true
  return now.getTime() - seenAt.getTime() > 3 * intervalMs
}

/** The newest of some dates, null where there is none. */
export function newestOf(...dates: (Date | null | undefined)[]): Date | null {
  let newest: Date | null = null
  for (const date of dates) {
    if (date && (newest === null || date > newest)) newest = date
  }
  return newest
}
