import type { PatroniStatus } from '#domain/snapshot/patroni.ts'

/** The furthest WAL position a member holds: written by a primary, received or replayed by a standby. */
export function furthestLsn(wal: PatroniStatus['wal']): number | null {
  if (!wal) return null
  if (wal.kind === 'primary') return finite(wal.lsn)
  const received = finite(wal.receivedLsn)
  const replayed = finite(wal.replayedLsn)
  if (received === null || replayed === null) return received ?? replayed
  return Math.max(received, replayed)
}

/** A position that is a number, else null. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}
