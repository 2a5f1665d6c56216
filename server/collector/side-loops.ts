import { readHaproxy } from '#server/adapters/haproxy/client.ts'
import { reachPooler } from '#server/adapters/pooler/client.ts'
import { createPostgresLook, type PostgresAccess, type PostgresLook } from '#server/adapters/postgres/client.ts'
import { toReading } from '#server/adapters/read.ts'
import { startLoop, type Loop } from './loop.ts'
import { materialPostgres } from './material.ts'
import type { RosterEntry } from './roster.ts'
import { Slot } from './slot.ts'
import type { Looking } from './sweep.ts'

const postgresBeatMs = 2_000
const haproxyBeatMs = 2_000
const poolerBeatMs = 10_000

/** Asks a member's Postgres by SQL where the console has a user for it: the only truth when its Patroni is gone. */
export function startPostgresLoop(entry: RosterEntry, looking: Looking, signal: AbortSignal): Loop {
  let look: (PostgresLook & { access: PostgresAccess }) | null = null
  const close = () => {
    look?.close()
    look = null
  }
  signal.addEventListener('abort', close)
  return startLoop({
    name: `sql ${entry.url}`,
    signal,
    log: looking.log,
    beatMs: () => postgresBeatMs,
    async look() {
      const access = postgresOf(entry, looking)
      if (access === null) return
      if (look !== null && (look.access.host !== access.host || look.access.port !== access.port)) close()
      look ??= { ...createPostgresLook(access), access }
      const reading = await toReading(look.read(signal), looking.clock)
      if (signal.aborted) return
      entry.postgres ??= new Slot(materialPostgres)
      looking.onReading(entry.postgres.put(reading))
    },
  })
}

/** Connects to the pooler beside a member; one that was never found is not missed. */
export function startPoolerLoop(entry: RosterEntry, looking: Looking, signal: AbortSignal): void {
  const port = looking.board.access.cluster.endpoints.poolerPort
  if (port === null) return
  startLoop({
    name: `pooler ${entry.url}`,
    signal,
    log: looking.log,
    beatMs: () => poolerBeatMs,
    async look() {
      const place = looking.board.placeOf(entry)
      if (place === null) return
      const reading = await toReading(reachPooler({ host: place.host, port, who: entry.name }, signal), looking.clock)
      if (signal.aborted || (!reading.ok && entry.pooler === null)) return
      entry.pooler ??= new Slot((pooler) => pooler)
      looking.onReading(entry.pooler.put(reading))
    },
  })
}

/** Reads HAProxy's statistics. */
export function startHaproxyLoop(looking: Looking): void {
  const { board, signal, log } = looking
  const { haproxy } = board.access
  if (haproxy === null) return
  startLoop({
    name: 'haproxy',
    signal,
    log,
    beatMs: () => haproxyBeatMs,
    async look() {
      const reading = await toReading(readHaproxy(haproxy, signal), looking.clock)
      if (!signal.aborted) looking.onReading(board.haproxy.put(reading))
    },
  })
}

/** How a member's Postgres is asked; null where it is not known where, on a host that nobody configured, or without a user. */
export function postgresOf(entry: RosterEntry, { board }: Looking): PostgresAccess | null {
  const place = board.placeOf(entry)
  return place === null
    ? null
    : board.access.postgresAt({ host: place.host, port: place.postgresPort, who: entry.name })
}
