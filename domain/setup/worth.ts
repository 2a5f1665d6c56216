import { formatBytes, formatDuration } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** So many bytes of WAL in words, and how long today's writes take to make them: `1 MB (about 12 s of writes at today's rate)`. */
export function bytesWorth(bytes: number, snapshot: Snapshot | null): string {
  const rate = rateOf(snapshot)
  const size = formatBytes(bytes)
  return rate === null ? size : `${size} (about ${formatDuration((bytes / rate) * 1000)} of writes at today's rate)`
}

/** So many seconds of writes in words, and what they come to at today's rate: `30 s of writes (2.1 MB at today's rate)`. */
export function secondsWorth(seconds: number, snapshot: Snapshot | null): string {
  const rate = rateOf(snapshot)
  const lasting = `${formatDuration(seconds * 1000)} of writes`
  return rate === null ? lasting : `${lasting} (${formatBytes(seconds * rate)} at today's rate)`
}

/** Bytes written per second; null where that is not known, or nothing is written. */
export function rateOf(snapshot: Snapshot | null): number | null {
  const rate = snapshot?.writeRate ?? null
  return rate !== null && Number.isFinite(rate) && rate > 0 ? rate : null
}
