import { median, round } from './statistics.ts'

/** One new leader, seen from two sides on this machine's one clock. */
export interface Detection {
  /** When etcd's own watch told it. */
  etcdAtMs: number
  /** When the browser's document showed it. */
  browserAtMs: number
  delayMs: number
}

/** What the delay may be. */
export interface Limit {
  medianMs: number
  worstMs: number
}

/** The delay alone: counted from the request it would drown in the seconds that the switchover itself takes. */
export function detectionOf(etcdAtMs: number, browserAtMs: number): Detection {
  return { etcdAtMs, browserAtMs, delayMs: browserAtMs - etcdAtMs }
}

/** Both sides of every detection, the delays between them, and what share of the limit they take. */
export function summarise(found: readonly Detection[], limit: Limit) {
  const delays = found.map(({ delayMs }) => delayMs)
  const medianMs = round(median(delays))
  const worstMs = Math.max(...delays)
  return {
    medianMs,
    worstMs,
    limit,
    isWithin: medianMs <= limit.medianMs && worstMs <= limit.worstMs,
    ratio: { median: round(medianMs / limit.medianMs, 3), worst: round(worstMs / limit.worstMs, 3) },
    etcdAtMs: found.map((each) => each.etcdAtMs),
    browserAtMs: found.map((each) => each.browserAtMs),
  }
}
