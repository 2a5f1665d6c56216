/**
 * How long a request may take to show in what the console sees, ms. With etcd: until Patroni has asked the members (2 s each)
 * and written its failover key. Without: until it would have carried it out or dropped it (api.py poll_failover_result).
 */
export function settleMs(canSeePending: boolean, loopWaitSeconds: number): number {
  return canSeePending ? 10_000 : (2 * Math.max(10, loopWaitSeconds) + loopWaitSeconds) * 1000
}

/** How long to look for what became of a request whose answer does not say, ms: a lease and two loops, and the time to settle. */
export function resolveMs(config: { ttlSeconds: number; loopWaitSeconds: number } | null): number {
  const { ttlSeconds, loopWaitSeconds } = config ?? { ttlSeconds: 30, loopWaitSeconds: 10 }
  return Math.max((ttlSeconds + 2 * loopWaitSeconds) * 1000, settleMs(false, loopWaitSeconds) + 5_000)
}
