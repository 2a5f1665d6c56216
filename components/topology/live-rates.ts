import type { LiveTraffic } from '#domain/stack/live-traffic.ts'

/** A counter as last read, and how fast it went up before. */
interface Counted {
  total: number
  seenAt: Date
  /** Per second; null until it was read twice, and where it began anew. */
  rate: number | null
}

/** The transactions of each member's Postgres, by its name. */
export type LiveRates = ReadonlyMap<string, Counted>

export const noRates: LiveRates = new Map()

/** Transactions of each member as of a newer look; one that was not looked at again keeps its rate. */
export function countOn(known: LiveRates, { members }: LiveTraffic): LiveRates {
  const next = new Map<string, Counted>()
  for (const { name, postgres } of members) {
    if (!postgres?.value || !postgres.seenAt) continue
    const total = postgres.value.transactionsTotal
    next.set(name, countedOf(known.get(name), { total, seenAt: postgres.seenAt }))
  }
  return next
}

function countedOf(before: Counted | undefined, { total, seenAt }: Omit<Counted, 'rate'>): Counted {
  if (before && before.seenAt.getTime() === seenAt.getTime()) return before
  const seconds = before ? (seenAt.getTime() - before.seenAt.getTime()) / 1000 : 0
  const rate = before && seconds > 0 && total >= before.total ? (total - before.total) / seconds : null
  return { total, seenAt, rate }
}
