import type { BlockedSession, WalSender } from '#domain/stack/postgres-detail.ts'

/** A standby of that name that has everything, with what is to be otherwise. */
export function madeSender(application: string, change: Partial<WalSender> = {}): WalSender {
  return {
    pid: 100,
    application,
    address: null,
    state: 'streaming',
    syncState: 'async',
    slot: null,
    sentLagBytes: 0,
    writeLagBytes: 0,
    flushLagBytes: 0,
    replayLagBytes: 0,
    writeLagSeconds: null,
    flushLagSeconds: null,
    replayLagSeconds: null,
    replyAgeSeconds: 1,
    ...change,
  }
}

/** A session that waits for `blockedBy`, or that others wait for. */
export function madeBlocked(
  pid: number,
  blockedBy: number | null,
  change: Partial<BlockedSession> = {},
): BlockedSession {
  return {
    depth: blockedBy === null ? 0 : 1,
    blockedBy,
    pid,
    backendStart: new Date('2026-11-26T05:00:00Z'),
    user: 'shop',
    database: 'app',
    application: 'checkout',
    state: 'active',
    waitEvent: blockedBy === null ? null : 'Lock:transactionid',
    transactionSeconds: 240,
    query: 'update carts set total = 1',
    ...change,
  }
}
