import { fromJson } from '#domain/json.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { readingsOf } from './readings-of.ts'
import type { World } from './world.ts'

/** Looks at worlds one after the other, as a collector does, and gives every snapshot. */
export function followAll(...worlds: World[]): Snapshot[] {
  const taken: Snapshot[] = []
  for (const world of worlds) taken.push(takeSnapshot(taken.at(-1) ?? null, readingsOf(world), world.at))
  return taken
}

/** The same with a worker that begins anew before each look: what it knows of the one before comes from the store. */
export function followKept(...worlds: World[]): Snapshot[] {
  const taken: Snapshot[] = []
  for (const world of worlds) {
    const last = taken.at(-1)
    const kept = last ? fromJson<Snapshot>(JSON.stringify(last)) : null
    taken.push(takeSnapshot(kept, readingsOf(world), world.at))
  }
  return taken
}

/** The snapshot of the last of some worlds. */
export function follow(first: World, ...more: World[]): Snapshot {
  return more.reduce(
    (previous, world) => takeSnapshot(previous, readingsOf(world), world.at),
    takeSnapshot(null, readingsOf(first), first.at),
  )
}

/** A member that a snapshot must have. */
export function memberIn(snapshot: Snapshot, name: string): MemberSnapshot {
  const member = snapshot.members.find((other) => other.name === name)
  if (!member) throw new Error(`${name} is not in the snapshot.`)
  return member
}
