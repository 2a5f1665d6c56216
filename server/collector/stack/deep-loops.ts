import type { Reading } from '#domain/snapshot/reading.ts'
import { createEtcdDetailLook } from '#server/adapters/etcd/detail.ts'
import { readHaproxyDetail } from '#server/adapters/haproxy/detail.ts'
import { createPoolerLook } from '#server/adapters/pooler/detail.ts'
import type { PostgresAccess } from '#server/adapters/postgres/client.ts'
import { createPostgresDetailLook } from '#server/adapters/postgres/detail/detail-look.ts'
import { toReading } from '#server/adapters/read.ts'
import type { RosterEntry } from '../roster.ts'
import { postgresOf } from '../side-loops.ts'
import type { Looking } from '../sweep.ts'
import type { Bell } from './bell.ts'
import type { DeepSlot } from './deep-slot.ts'
import { phaseOfLook, untilPhase } from './grid.ts'
import { startRungLoop } from './rung-loop.ts'
import type { MemberSlots, StackBoard } from './stack-board.ts'

/** What the deep loops of one cluster share. */
export interface DeepLooking {
  looking: Looking
  board: StackBoard
  /** Rings when what they look at may have changed. */
  bell: Bell
  /** Told after a look that brought something; `isExtra`: the bell asked for it. */
  onNews: (isExtra: boolean) => void
}

/** Looks in depth at a member's Postgres and at the pooler beside it, each in a loop of its own. */
export function startMemberDeepLoops(
  entry: RosterEntry,
  slots: MemberSlots,
  deep: DeepLooking,
  signal: AbortSignal,
): void {
  const { looking } = deep
  const { poolerPort } = looking.board.access.cluster.endpoints
  startKeptLoop(deep, signal, {
    name: `deep sql ${entry.url}`,
    slot: slots.postgres,
    accessOf: () => postgresOf(entry, looking),
    create: createPostgresDetailLook,
  })
  startKeptLoop(deep, signal, {
    name: `deep pooler ${entry.url}`,
    slot: slots.pooler,
    // One that was never found is not missed.
    accessOf: () => (poolerPort === null || entry.pooler === null ? null : poolerOf(entry, looking, poolerPort)),
    create: createPoolerLook,
  })
}

/** Looks in depth at the cluster's HAProxy and etcd, where the console was told of them. */
export function startSharedDeepLoops(deep: DeepLooking): void {
  const { board, looking } = deep
  const { signal, clock } = looking
  const { haproxy, etcdAccess } = looking.board.access
  if (haproxy === null) board.haproxy.put(null)
  else {
    startDeepLoop(deep, signal, {
      name: 'deep haproxy',
      slot: board.haproxy,
      look: () => toReading(readHaproxyDetail(haproxy, signal), clock),
    })
  }
  if (etcdAccess === null) board.etcd.put(null)
  else {
    const lookAtEtcd = createEtcdDetailLook(etcdAccess, { before: board.etcd.looked()?.value?.members ?? [] })
    startDeepLoop(deep, signal, {
      name: 'deep etcd',
      slot: board.etcd,
      look: () => toReading(lookAtEtcd(signal), clock),
    })
  }
}

interface KeptLook<T> {
  read(signal?: AbortSignal): Promise<T>
  close(): void
}

/** A loop over a connection that is kept as long as its place, and the name of the member there, stay the same. */
function startKeptLoop<T>(
  deep: DeepLooking,
  signal: AbortSignal,
  of: {
    name: string
    slot: DeepSlot<T>
    /** Null = there is nobody to ask, or no user to ask as. */
    accessOf: () => PostgresAccess | null
    create: (access: PostgresAccess) => KeptLook<T>
  },
): void {
  let kept: { look: KeptLook<T>; access: PostgresAccess } | null = null
  const close = () => {
    kept?.look.close()
    kept = null
  }
  signal.addEventListener('abort', close)
  startDeepLoop(deep, signal, {
    name: of.name,
    slot: of.slot,
    async look() {
      const access = of.accessOf()
      if (access === null) return null
      if (kept !== null && placeOf(kept.access) !== placeOf(access)) close()
      kept ??= { look: of.create(access), access }
      return toReading(kept.look.read(signal), deep.looking.clock)
    },
  })
}

function placeOf({ host, port, who }: PostgresAccess): string {
  return `${host} ${port} ${who}`
}

function startDeepLoop<T>(
  deep: DeepLooking,
  signal: AbortSignal,
  { name, slot, look }: { name: string; slot: DeepSlot<T>; look: () => Promise<Reading<T> | null> },
): void {
  const phaseMs = phaseOfLook()
  startRungLoop({
    name,
    signal,
    log: deep.looking.log,
    bell: deep.bell,
    firstMs: firstMs * Math.random(),
    beatMs: (startedAtMs) => untilPhase(phaseMs, startedAtMs),
    async look(isExtra) {
      const reading = await look()
      if (!signal.aborted && slot.put(reading)) deep.onNews(isExtra)
    },
  })
}

/** Who opens a page of a cluster that is new to this worker waits for no full beat. */
const firstMs = 2_000

function poolerOf(entry: RosterEntry, looking: Looking, port: number): PostgresAccess | null {
  const access = postgresOf(entry, looking)
  return access && { ...access, port }
}
