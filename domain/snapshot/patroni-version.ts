/** True where a replica's Patroni says itself whether it streams: from 3.0.4 on. A version that cannot be read is taken for a new one. */
export function tellsStreaming(version: string | null): boolean {
  return isAtLeast(version, [3, 0, 4])
}

/** True where Patroni waits a second between the stop of the old leader and the handover: from 3.3 on (ha.py). */
export function waitsBeforeHandover(version: string | null): boolean {
  return isAtLeast(version, [3, 3, 0])
}

/** True where `synchronous_mode: quorum` is understood: from 4.0 on; before, the word means off (global_config.py check_mode). */
export function knowsQuorumMode(version: string | null): boolean {
  return isAtLeast(version, [4, 0, 0])
}

/** True where Patroni on a leader hands over to a synchronous standby alone, also in a failover: before 3.2 (ha.py). */
export function failoverWantsSynchronous(version: string | null): boolean {
  return !isAtLeast(version, [3, 2, 0])
}

function isAtLeast(version: string | null, floor: readonly [number, number, number]): boolean {
  const parts = (version ?? '').split('.').map((part) => Number.parseInt(part, 10))
  if (parts[0] === undefined || Number.isNaN(parts[0])) return true
  for (const [index, least] of floor.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part > least
  }
  return true
}
