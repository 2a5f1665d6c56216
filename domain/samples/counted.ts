/** Totals that grow from one look to the next, of one thing that may begin anew on its own, such as a database. */
export interface Part {
  /** Another one = its totals began anew. */
  identity: string
  /** By the name of the rate that is made of it; null = not told. */
  totals: Readonly<Record<string, number | null>>
}

/** The totals of one look at one server. */
export interface Totals {
  seenAt: Date
  /** Another one = it was restarted, or is another server under the same name. */
  identity: string
  parts: ReadonlyMap<string, Part>
}

export interface Counted extends Totals {
  /** Per second since the look before; what is not known is absent. */
  rates: ReadonlyMap<string, number>
}

/** A look after a longer break tells of no moment in it. */
const longestGapMs = 60_000

/**
 * The rates that a look brings beside the one before it, summed up over the parts that both have. A total that fell or began anew
 * makes its rate unknown for once: what was counted in between is lost, and the new total would pass for a burst.
 */
export function countOn(before: Counted | undefined, totals: Totals): Counted {
  if (before === undefined) return { ...totals, rates: new Map() }
  const elapsedMs = totals.seenAt.getTime() - before.seenAt.getTime()
  const isSameServer = before.identity === totals.identity
  // No newer look than the last time: what that one brought still holds.
  if (elapsedMs === 0 && isSameServer) return before
  const isComparable = isSameServer && elapsedMs > 0 && elapsedMs <= longestGapMs
  return { ...totals, rates: isComparable ? ratesOf(before, totals, elapsedMs / 1000) : new Map() }
}

function ratesOf(before: Totals, totals: Totals, seconds: number): Map<string, number> {
  const names = new Set([...totals.parts.values()].flatMap((part) => Object.keys(part.totals)))
  const rates = new Map<string, number>()
  for (const name of names) {
    const grown = growthOf(name, before.parts, totals.parts)
    if (grown !== null) rates.set(name, grown / seconds)
  }
  return rates
}

/** Null where it is not known of every part that both looks have. */
function growthOf(name: string, before: ReadonlyMap<string, Part>, parts: ReadonlyMap<string, Part>): number | null {
  let grown: number | null = null
  for (const [key, part] of parts) {
    const earlier = before.get(key)
    // What has only come is counted from its second look on.
    if (earlier === undefined || !(name in part.totals)) continue
    const delta = part.identity === earlier.identity ? (part.totals[name] ?? NaN) - (earlier.totals[name] ?? NaN) : NaN
    if (!Number.isFinite(delta) || delta < 0) return null
    grown = (grown ?? 0) + delta
  }
  return grown
}
