import { longestGapMs } from './look.ts'
import type { StretchKind } from './move-on.ts'

export interface Stretch {
  kind: StretchKind
  began: Date
  /** Null = it goes on. */
  ended: Date | null
}

/** A part of time; its end is not in it. */
export interface Span {
  from: Date
  to: Date
}

/** What a part of time was made of, ms: the parts add up to the whole. */
export interface Availability {
  from: Date
  /** Not beyond now. */
  to: Date
  wholeMs: number
  servingMs: number
  /** Outages outside maintenance, and within it. */
  unplannedMs: number
  plannedMs: number
  unseenMs: number
  /** Before the console first looked, and while there was nothing to measure. */
  unmeasuredMs: number
  /** Part of the time seen outside planned outages in which writes were served, 0 to 1; null where nothing was seen. */
  share: number | null
}

export interface Measured {
  /** Null = it was never looked at. */
  measuredFrom: Date | null
  /** The last look; nothing is known of what is after it. */
  lookedAt: Date | null
  stretches: readonly Stretch[]
  /** Maintenance, as it was announced. */
  planned: readonly Span[]
}

/** What a period was made of up to `now`. */
export function availabilityOf(
  { measuredFrom, lookedAt, stretches, planned }: Measured,
  period: Span,
  now: Date,
): Availability {
  const from = period.from.getTime()
  const to = Math.max(from, Math.min(period.to.getTime(), now.getTime()))
  const known = { from: measuredFrom?.getTime() ?? Infinity, to: knownTo(lookedAt, now) }
  const apart = union([[-Infinity, known.from], ...stretches.filter(isOf('apart')).map((one) => ends(one, known.to))])
  const unseen = minus(
    union([[known.to, Infinity], ...stretches.filter(isOf('unseen')).map((one) => ends(one, known.to))]),
    apart,
  )
  const taken = union([...apart, ...unseen])
  const outages = minus(union(stretches.filter(isOf('outage')).map((one) => ends(one, known.to))), taken)
  const work = union(planned.map((span): Edge => [span.from.getTime(), span.to.getTime()]))
  const unplanned = minus(outages, work)
  const within = (edges: readonly Edge[]) => lengthIn(edges, from, to)
  const unplannedMs = within(unplanned)
  const plannedMs = within(outages) - unplannedMs
  const unseenMs = within(unseen)
  const unmeasuredMs = within(apart)
  const servingMs = to - from - unplannedMs - plannedMs - unseenMs - unmeasuredMs
  const counted = servingMs + unplannedMs
  return {
    from: period.from,
    to: new Date(to),
    wholeMs: to - from,
    servingMs,
    unplannedMs,
    plannedMs,
    unseenMs,
    unmeasuredMs,
    share: counted === 0 ? null : servingMs / counted,
  }
}

/** Between two looks of a console that looks, all is as it was at the last. */
function knownTo(lookedAt: Date | null, now: Date): number {
  const last = lookedAt ?? now
  return now.getTime() - last.getTime() > longestGapMs ? last.getTime() : Infinity
}

type Edge = readonly [from: number, to: number]

function isOf(kind: StretchKind) {
  return (stretch: Stretch) => stretch.kind === kind
}

function ends({ began, ended }: Stretch, lookedTo: number): Edge {
  return [began.getTime(), ended?.getTime() ?? lookedTo]
}

/** The same time without overlaps, in order. */
function union(edges: readonly Edge[]): Edge[] {
  const joined: [number, number][] = []
  for (const [from, to] of edges.toSorted((a, b) => a[0] - b[0])) {
    if (to <= from) continue
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** What of `edges` lies outside `others`; both as `union` has them. */
function minus(edges: readonly Edge[], others: readonly Edge[]): Edge[] {
  return edges.flatMap(([from, to]) => {
    const left: Edge[] = []
    let at = from
    for (const [begin, end] of others) {
      if (end <= at || begin >= to) continue
      if (begin > at) left.push([at, begin])
      at = Math.max(at, end)
    }
    if (at < to) left.push([at, to])
    return left
  })
}

function lengthIn(edges: readonly Edge[], from: number, to: number): number {
  let length = 0
  for (const [begin, end] of edges) length += Math.max(0, Math.min(end, to) - Math.max(begin, from))
  return length
}
