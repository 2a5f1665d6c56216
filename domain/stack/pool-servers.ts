import type { Pool } from './pooler-detail.ts'

/** Servers of a pool that no other client can have now: linked to one, or being logged in, tested or cancelled. */
export function busyServersOf(pool: Pool): number {
  return pool.serversActive + pool.serversTested + pool.serversLogin + pool.serversBeingCanceled
}

/** Servers of a pool as its size limits them: those that are free as well. */
export function openServersOf(pool: Pool): number {
  return busyServersOf(pool) + pool.serversIdle + pool.serversUsed
}
