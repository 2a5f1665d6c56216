import { createHash } from 'node:crypto'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { Sample } from '#domain/samples/metrics.ts'
import { samplesOf } from '#domain/samples/samples-of.ts'
import { sweepMs } from '#domain/samples/sweep.ts'
import type { Counters, NodeRoom } from '#domain/samples/sweep-seen.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { nodeRooms } from '#server/store/samples/node-rooms.ts'
import { type Loop, startLoop } from '../loop.ts'
import { SampleSaver } from './sample-saver.ts'

export interface SamplingOptions {
  store: Store
  clusterId: string
  executorId: string
  /** The newest of both; null = there is none yet. */
  look: () => { snapshot: Snapshot | null; stack: StackView | null }
  /** Hears of every sweep, kept or not yet. */
  onTaken?: (samples: readonly Sample[]) => void
  signal: AbortSignal
  log: Log
}

const backupsHoldMs = 60_000

/** Samples one cluster every ten seconds on the grid of all sweeps; each cluster a little later than the grid, so that they do not all write at once. */
export function startSampling(options: SamplingOptions): Loop {
  const { clusterId, signal, log } = options
  const sampler = new Sampler(options)
  const delayMs = delayOf(clusterId)
  let startedMs = 0
  return startLoop({
    name: 'sampling',
    log,
    signal,
    async look() {
      startedMs = Date.now()
      await sampler.sweep(new Date(startedMs))
    },
    beatMs: () => (Math.floor((startedMs - delayMs) / sweepMs) + 1) * sweepMs + delayMs - startedMs,
  })
}

/** From half a second, which a timer that fires early does not reach, to half a beat. */
function delayOf(clusterId: string): number {
  return 500 + (createHash('sha256').update(clusterId).digest().readUInt16BE(0) % (sweepMs / 2 - 500))
}

/** Takes the samples of one cluster; what the sweeps before left is in its memory alone. */
export class Sampler {
  readonly #options: SamplingOptions
  readonly #saver: SampleSaver
  #before: Counters | null = null
  #backups: { view: BackupView | null; readMs: number } = { view: null, readMs: 0 }

  constructor(options: SamplingOptions) {
    this.#options = options
    this.#saver = new SampleSaver(options)
  }

  /** Takes one sample of the cluster and of each member as of `now`; what it takes is kept as soon as the store takes it. */
  async sweep(now: Date): Promise<void> {
    const { snapshot, stack } = this.#options.look()
    if (snapshot === null) return
    const nodes = await this.#readBeside(now)
    const { samples, counters } = samplesOf({
      snapshot,
      stack,
      backups: this.#backups.view,
      nodes,
      before: this.#before,
      now,
    })
    this.#before = counters
    this.#options.onTaken?.(samples)
    this.#saver.offer(samples)
  }

  /** Waits until what was offered is kept, or cannot be for now. */
  async settle(): Promise<void> {
    await this.#saver.settle()
  }

  // A store that is away must not keep the sweep from being taken.
  async #readBeside(now: Date): Promise<Map<string, NodeRoom>> {
    const { store, clusterId } = this.#options
    if (this.#saver.isAway()) return new Map()
    try {
      if (now.getTime() - this.#backups.readMs >= backupsHoldMs) {
        const { view } = await readBackups(store, clusterId)
        this.#backups = { view, readMs: now.getTime() }
      }
      return await nodeRooms(store, clusterId)
    } catch (error) {
      if (error instanceof AppError) return new Map()
      throw error
    }
  }
}
