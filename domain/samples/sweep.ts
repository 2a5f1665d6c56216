import type { Looked } from '#domain/stack/stack-view.ts'

/** How often a cluster is sampled, and how often its layers are looked at for that, ms. */
export const sweepMs = 10_000

/** True while what was seen then may still be told as of `now`: for two beats. */
export function isFresh(seenAt: Date | null, now: Date, beatMs: number = sweepMs): boolean {
  return seenAt !== null && now.getTime() - seenAt.getTime() <= 2 * beatMs
}

/** What a look brought and when, while it is fresh; null where nothing did, or only long ago. */
export function freshLook<T>(looked: Looked<T> | null | undefined, now: Date): { value: T; seenAt: Date } | null {
  if (!looked || looked.value === null || looked.seenAt === null || !isFresh(looked.seenAt, now)) return null
  return { value: looked.value, seenAt: looked.seenAt }
}

/** The moment that a sample taken at `now` bears: samples of all clusters stand on one grid, so that buckets hold equally many. */
export function sweepAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / sweepMs) * sweepMs)
}
