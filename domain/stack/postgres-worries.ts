import { formatBytes, formatDuration } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { count } from '#domain/words.ts'
import { blockingSentence } from './blocking.ts'
import { currentOf } from './deep-age.ts'
import type { PostgresDetail, ReplicationSlot } from './postgres-detail.ts'
import { leaderOf, replicationRows } from './replication-rows.ts'
import type { StackView } from './stack-view.ts'
import { type Worry, worriesByTone } from './worry.ts'
import { xidWorry } from './xid-age.ts'

/** What stands out of the Postgres of a cluster's members, worst first. */
export function postgresWorries(stack: StackView, snapshot: Snapshot | null, now: Date): Worry[] {
  const leader = leaderOf(stack, snapshot, now)
  return worriesByTone([
    ...stack.members.flatMap(({ name, postgres }) => {
      const detail = currentOf(postgres, now)
      return detail === null ? [] : ofMember(detail, name, name === leader)
    }),
    ...replicationRows(stack, snapshot, now)
      .filter(({ state }) => state === 'absent')
      .map(({ member }): Worry => ({ tone: 'bad', sentence: `Nobody streams to ${member}.` })),
  ])
}

function ofMember(detail: PostgresDetail, name: string, isLeader: boolean): Worry[] {
  const blocked = blockingSentence(detail.blocked, name)
  return [
    ...(blocked === null ? [] : [{ tone: 'bad', sentence: blocked } as const]),
    ...(isLeader ? [...archiving(detail, name), ...detail.databases.flatMap((one) => xidWorry(one) ?? [])] : []),
    ...detail.slots.flatMap((slot) => slotWorry(slot, name)),
    ...syncWaiters(detail, name),
    ...connections(detail, name),
    ...idleInTransaction(detail, name),
  ]
}

function archiving({ archiver }: PostgresDetail, name: string): Worry[] {
  if (!archiver?.isFailing) return []
  const waiting = archiver.readyCount === null ? '' : `: ${count(archiver.readyCount, 'segment')} wait`
  return [{ tone: 'bad', sentence: `Archiving fails on ${name}${waiting}.` }]
}

function slotWorry({ name, walStatus, retainedBytes, safeBytes }: ReplicationSlot, member: string): Worry[] {
  if (walStatus === 'lost') return [{ tone: 'bad', sentence: `Slot ${name} on ${member} has lost its WAL.` }]
  if (walStatus === 'unreserved') {
    return [{ tone: 'bad', sentence: `Slot ${name} on ${member} loses its WAL at the next checkpoint.` }]
  }
  if (retainedBytes === null || retainedBytes < muchWal) return []
  const limit = safeBytes === null ? ', and no limit is set' : ''
  return [{ tone: 'warn', sentence: `Slot ${name} on ${member} keeps ${formatBytes(retainedBytes)} of WAL${limit}.` }]
}

/** More than a slot keeps in a usual day's work. */
const muchWal = 10e9

function syncWaiters({ connections: { waitingOnSync } }: PostgresDetail, name: string): Worry[] {
  if (waitingOnSync === 0) return []
  const who = `${count(waitingOnSync, 'session')} on ${name} ${waitingOnSync === 1 ? 'waits' : 'wait'}`
  return [{ tone: 'warn', sentence: `${who} for a synchronous standby.` }]
}

function connections({ connections: { clients, max, reserved } }: PostgresDetail, name: string): Worry[] {
  const free = max - reserved
  if (free <= 0 || clients < free * 0.9) return []
  return [
    {
      tone: clients >= free ? 'bad' : 'warn',
      sentence: `${clients} of ${free} connections on ${name} are taken.`,
    },
  ]
}

function idleInTransaction({ longSessions, blocked }: PostgresDetail, name: string): Worry[] {
  const told = new Set(blocked.map(({ pid }) => pid))
  const [oldest] = longSessions
    .filter(({ state, pid }) => state?.startsWith('idle in transaction') && !told.has(pid))
    .toSorted((one, other) => (other.transactionSeconds ?? 0) - (one.transactionSeconds ?? 0))
  const seconds = oldest?.transactionSeconds ?? 0
  if (seconds < longIdleSeconds) return []
  return [
    { tone: 'warn', sentence: `A session on ${name} is idle in a transaction of ${formatDuration(seconds * 1000)}.` },
  ]
}

const longIdleSeconds = 300
