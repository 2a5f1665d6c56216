import { diff } from '#domain/snapshot/diff.ts'
import type { ClusterEvent } from '#domain/event.ts'
import type { MemberReadings } from '#domain/snapshot/readings.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { readingsOf } from './readings-of.ts'
import { healthyWorld, type World } from './world.ts'

/** A cluster that writes, looked at as the collector does: each member at its own beat, the leader's position published every loop. */
export interface BusyCluster {
  /** WAL written up to so many ms after the start; never falls. */
  written: (ms: number) => number
  /** WAL that a replica holds by then. */
  held: (name: string, ms: number) => number
  seconds: number
  /** When, within a beat, each member is looked at, ms. */
  phases: Record<string, number>
  /** By how much a look comes late, ms. */
  jitter: () => number
  etcd: World['etcd']
}

export interface Watched {
  snapshots: Snapshot[]
  events: (ClusterEvent & { afterMs: number })[]
}

const beatMs = 2000
const loopMs = 10_000

/** Watches a busy cluster and tells every snapshot and event. */
export function watch(cluster: BusyCluster, start: Date): Watched {
  const names = healthyWorld(start).members.map(({ name }) => name)
  const looks = new Map<string, MemberReadings>()
  const dueMs = new Map(names.map((name) => [name, cluster.phases[name] ?? 0]))
  const watched: Watched = { snapshots: [], events: [] }
  let previous: Snapshot | null = null
  for (let ms = 0; ms <= cluster.seconds * 1000; ms += 10) {
    for (const name of names) {
      if (ms < (dueMs.get(name) ?? 0)) continue
      const look = readingsOf(worldAt(cluster, start, ms)).members.find((member) => member.name === name)
      if (look) looks.set(name, look)
      dueMs.set(name, (dueMs.get(name) ?? 0) + beatMs + cluster.jitter())
    }
    if (ms % beatMs !== 0 || looks.size < names.length) continue
    const { at, ...world } = worldAt(cluster, start, ms)
    const readings = readingsOf({ ...world, at })
    const next = takeSnapshot(previous, { ...readings, members: [...looks.values()] }, at)
    watched.events.push(...diff(previous, next).map((event) => ({ ...event, afterMs: ms })))
    watched.snapshots.push(next)
    previous = next
  }
  return watched
}

function worldAt({ written, held, etcd }: BusyCluster, start: Date, ms: number): World {
  const world = healthyWorld(new Date(start.getTime() + ms))
  return {
    ...world,
    leaderChangedAt: start,
    etcd,
    optimeLsn: written(Math.floor(ms / loopMs) * loopMs),
    members: world.members.map((member) => {
      const lsn = member.name === world.leader ? written(ms) : held(member.name, ms)
      return { ...member, lsn, replayedLsn: lsn }
    }),
  }
}
