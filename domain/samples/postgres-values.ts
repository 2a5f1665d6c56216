import type { PostgresDetail, SessionGroup } from '#domain/stack/postgres-detail.ts'
import type { MemberValues } from './member-values.ts'
import { isFresh } from './sweep.ts'

/** What one Postgres says of itself that needs no look before it. */
export function postgresValues(detail: PostgresDetail, now: Date): MemberValues {
  const { connections, sessions, slots, databases, horizon, archiver, wal } = detail
  const room = connections.max - connections.reserved
  return {
    clients: connections.clients,
    clientsActive: countIn(sessions, (state) => state === 'active' || state.startsWith('fastpath')),
    clientsIdle: countIn(sessions, (state) => state === 'idle'),
    clientsIdleInTransaction: countIn(sessions, isIdleInTransaction),
    connectionUse: room > 0 ? connections.clients / room : null,
    waitingOnLock: connections.waitingOnLock,
    waitingOnSync: connections.waitingOnSync,
    longestTransactionSeconds: largest(sessions.map((group) => group.oldestTransactionSeconds)) ?? 0,
    longestIdleInTransactionSeconds: longestIdle(detail),
    databaseBytes: sizesHold(detail, now) ? sum(databases.map(({ sizeBytes }) => sizeBytes)) : null,
    walFolderBytes: wal.folderBytes,
    // Slots hold the same WAL: the one that holds most holds what the others do.
    slotRetainedBytes: largest(slots.map(({ retainedBytes }) => retainedBytes)) ?? 0,
    xidAge: largest(databases.map(({ xidAge }) => xidAge)),
    horizonAge: largest([horizon.sessions, horizon.slots, horizon.prepared, horizon.standbys]) ?? 0,
    archiveQueue: archiver?.readyCount ?? null,
  }
}

/** The largest that is known; null where none is. */
export function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((most, value) => Math.max(most, value))
}

/** All that is known together; null where nothing is. */
export function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, value) => all + value)
}

function countIn(sessions: readonly SessionGroup[], isMeant: (state: string) => boolean): number {
  return sessions.filter(({ state }) => isMeant(state)).reduce((all, { count }) => all + count, 0)
}

function isIdleInTransaction(state: string): boolean {
  return state.startsWith('idle in transaction')
}

/** Of sessions that have been idle for less than a minute only their transaction's age is told: they idle for no longer than that. */
function longestIdle({ longSessions, sessions }: PostgresDetail): number {
  const long = longSessions.filter(({ state }) => state !== null && isIdleInTransaction(state))
  const known = largest(long.map(({ stateSeconds }) => stateSeconds))
  if (known !== null) return known
  const idle = sessions.filter(({ state }) => isIdleInTransaction(state))
  return Math.min(listedFromSeconds, largest(idle.map((group) => group.oldestTransactionSeconds)) ?? 0)
}

const listedFromSeconds = 60

/** Sizes are asked every five minutes: to ask costs the server more than they change. */
function sizesHold({ sizesAt }: PostgresDetail, now: Date): boolean {
  return isFresh(sizesAt, now, 300_000)
}
