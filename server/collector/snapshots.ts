import { assess } from '#domain/judgement/assess.ts'
import { lookOf, type WriteLook } from '#domain/availability/look.ts'
import { diff } from '#domain/snapshot/diff.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { summarise, type FleetSummary } from '#domain/fleet/fleet-row.ts'
import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'

/** A snapshot with all that was derived from it. */
export interface Taken {
  snapshot: Snapshot
  summary: FleetSummary
  events: ClusterEvent[]
  /** Whether writes are served by it. */
  look: WriteLook
}

export interface SnapshotTakerOptions {
  previous: Snapshot | null
  readings: () => ClusterReadings
  onTaken: (taken: Taken) => void
  clock: () => Date
}

const spacingMs = 250
const restBeatMs = 2_000

/** Turns readings into snapshots: at once when something is new, at most every 250 ms while much is, every 2 s at rest. */
export class SnapshotTaker {
  readonly #options: SnapshotTakerOptions
  #previous: Snapshot | null
  #takenAtMs = 0
  #timer: NodeJS.Timeout | null = null

  constructor(options: SnapshotTakerOptions) {
    this.#options = options
    this.#previous = options.previous
  }

  current(): Snapshot | null {
    return this.#previous
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** The first snapshot was taken; from then on the regular beat also lets what nobody can see any more grow old. */
  isRunning(): boolean {
    return this.#takenAtMs > 0
  }

  /** Something is new: `now` for what cannot wait, the leader key; else within the spacing. */
  poke(urgency: 'now' | 'soon'): void {
    const waitMs = urgency === 'now' ? 0 : this.#takenAtMs + spacingMs - this.#options.clock().getTime()
    if (waitMs <= 0) this.#take()
    else this.#schedule(waitMs)
  }

  #take(): void {
    const { readings, onTaken, clock } = this.#options
    const now = clock()
    this.#takenAtMs = now.getTime()
    this.#schedule(restBeatMs)
    const snapshot = takeSnapshot(this.#previous, readings(), now)
    const events = diff(this.#previous, snapshot)
    const assessment = assess(snapshot, now)
    const summary = summarise(snapshot, assessment)
    this.#previous = snapshot
    onTaken({ snapshot, summary, events, look: lookOf(snapshot, assessment.findings) })
  }

  // Only an earlier moment replaces the one that is set.
  #schedule(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#take(), ms)
  }
}
