import { isStale } from '#domain/snapshot/staleness.ts'
import type { Looked } from './stack-view.ts'

/** Whether the newest good answer of a deep look no longer tells how things are at `now`. */
export function isLookedOld(looked: Looked<unknown> | null, now: Date): boolean {
  return looked?.overtakenBy !== undefined || isStale(looked?.seenAt ?? null, now, deepIntervalMs)
}

/** What a deep look told, unless it is old or it never brought anything. */
export function currentOf<T>(looked: Looked<T> | null, now: Date): T | null {
  return looked === null || isLookedOld(looked, now) ? null : looked.value
}

/** Each layer is looked at in depth this often. */
const deepIntervalMs = 10_000
