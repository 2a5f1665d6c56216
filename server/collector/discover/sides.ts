import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import type { Reading } from '#domain/snapshot/reading.ts'
import type { PostgresStatus } from '#domain/snapshot/readings.ts'
import { readHaproxy } from '#server/adapters/haproxy/client.ts'
import { reachPooler } from '#server/adapters/pooler/client.ts'
import { readPostgresStatus } from '#server/adapters/postgres/client.ts'
import { toReading } from '#server/adapters/read.ts'
import type { Board } from '../board.ts'
import type { Found } from './found.ts'

/** Reads HAProxy's statistics where an address was typed. */
export async function discoverHaproxy(board: Board, found: Found, signal?: AbortSignal): Promise<void> {
  const { haproxy } = board.access
  if (haproxy === null) return
  const reading = await toReading(readHaproxy(haproxy, signal), now)
  const names = reading.ok ? reading.value.backends.map((backend) => backend.name).join(', ') : ''
  found.endpoints.push({
    system: 'haproxy',
    address: haproxy.url,
    problem: reading.ok ? null : reading.sentence,
    detail: names === '' ? '' : `backends ${names}`,
  })
  if (reading.ok) return
  const field = reading.kind === 'unauthorized' ? 'secrets.haproxy-password' : 'haproxyUrl'
  found.errors.push({ field, sentence: reading.sentence })
}

/** Asks Postgres on each typed host; a member that is down is no obstacle, a user that none of them accepts is. */
export async function discoverPostgres(board: Board, found: Found, signal?: AbortSignal): Promise<void> {
  const places = placesOf(board).flatMap(({ name, host, postgresPort }) => {
    return board.access.postgresAt({ host, port: postgresPort, who: name }) ?? []
  })
  const looks = await Promise.all(
    places.map(async (place) => ({ place, reading: await toReading(readPostgresStatus(place, signal), now) })),
  )
  for (const { place, reading } of looks) {
    found.endpoints.push({
      system: 'postgres',
      address: `${place.host}:${place.port}`,
      problem: reading.ok ? null : reading.sentence,
      detail: [place.who, postgresDetail(reading)].filter((part) => part !== '').join(', '),
    })
  }
  refuseIfAll(
    looks.map(({ reading }) => reading),
    'unauthorized',
    'secrets.postgres-password',
    found,
  )
}

/** Connects to the pooler on each typed host; at least one must be there. */
export async function discoverPoolers(board: Board, found: Found, signal?: AbortSignal): Promise<void> {
  const port = board.access.cluster.endpoints.poolerPort
  if (port === null) return
  const looks = await Promise.all(
    placesOf(board).map(async ({ name, host }) => {
      return { name, host, reading: await toReading(reachPooler({ host, port, who: name }, signal), now) }
    }),
  )
  for (const { name, host, reading } of looks) {
    const problem = reading.ok ? null : reading.sentence
    found.endpoints.push({ system: 'pooler', address: `${host}:${port}`, problem, detail: name })
  }
  refuseIfAll(
    looks.map(({ reading }) => reading),
    'refused',
    'poolerPort',
    found,
  )
}

function placesOf(board: Board): { name: string; host: string; postgresPort: number }[] {
  return [...board.entries.values()].flatMap((entry) => {
    const place = entry.clusterView.seen.good === null && entry.status.seen.good === null ? null : board.placeOf(entry)
    return place === null ? [] : { name: entry.name, ...place }
  })
}

function postgresDetail(reading: Reading<PostgresStatus>): string {
  if (!reading.ok) return ''
  return `${reading.value.inRecovery ? 'standby' : 'primary'} on timeline ${reading.value.timeline ?? 'unknown'}`
}

function refuseIfAll(
  readings: Reading<unknown>[],
  kind: 'unauthorized' | 'refused',
  field: keyof ClusterDraft | 'secrets.postgres-password',
  found: Found,
): void {
  const [first] = readings
  if (first === undefined || first.ok || !readings.every((reading) => !reading.ok && reading.kind === kind)) return
  found.errors.push({ field, sentence: first.sentence })
}

function now(): Date {
  return new Date()
}
