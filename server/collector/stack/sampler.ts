import type { Sample } from '#domain/samples/metrics.ts'
import { samplesOf } from '#domain/samples/samples-of.ts'
import type { Counters } from '#domain/samples/sweep-seen.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { startLoop } from '../loop.ts'
import { BesideReader, type Beside } from './beside.ts'
import { phaseOfSample, untilPhase } from './grid.ts'

export interface SamplerOptions {
  store: Store
  clusterId: string
  executorId: string
  /** Null before the first. */
  snapshot: () => Snapshot | null
  stack: () => StackView
  clock: () => Date
  signal: AbortSignal
  log: Log
}

const mostWaiting = 20_000

/** Takes a sample of a cluster and of each member once in each ten seconds of the clock; while the store is away they wait. */
export class Sampler {
  readonly #options: SamplerOptions
  readonly #beside: BesideReader
  #counters: Counters | null = null
  #known: Beside = { backups: null, nodes: new Map() }
  #waiting: Sample[] = []
  #saving: Promise<void> = Promise.resolve()

  constructor(options: SamplerOptions) {
    this.#options = options
    this.#beside = new BesideReader(options.store, options.clusterId)
  }

  start(): void {
    const { log, signal, clock } = this.#options
    const phaseMs = phaseOfSample()
    startLoop({
      name: 'samples',
      signal,
      log,
      firstMs: untilPhase(phaseMs, clock().getTime()),
      beatMs: (startedAtMs) => untilPhase(phaseMs, startedAtMs),
      look: () => {
        this.#saving = this.#sample()
        return this.#saving
      },
    })
  }

  /** Waits until the save under way is over. */
  async stop(): Promise<void> {
    await this.#saving.catch(() => {})
  }

  async #sample(): Promise<void> {
    const { snapshot, stack, clock, signal } = this.#options
    const seen = snapshot()
    if (seen === null) return
    const now = clock()
    const layers = stack()
    const isBack = await this.#readBeside()
    if (signal.aborted) return
    const { samples, counters } = samplesOf({
      snapshot: seen,
      stack: layers,
      before: this.#counters,
      now,
      ...this.#known,
    })
    this.#counters = counters
    this.#waiting.push(...samples)
    this.#waiting.splice(0, this.#waiting.length - mostWaiting)
    if (isBack) await this.#save()
  }

  async #readBeside(): Promise<boolean> {
    try {
      this.#known = await this.#beside.read()
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return false
    }
  }

  async #save(): Promise<void> {
    const { store, clusterId, executorId } = this.#options
    const samples = this.#waiting
    try {
      // Who lost the lease is told so when it keeps its snapshots.
      await saveSamples(store, { clusterId, executorId, samples })
      this.#waiting = this.#waiting.slice(samples.length)
    } catch (error) {
      if (error instanceof AppError) return
      // What the store will never take must not hold up what comes after it.
      this.#waiting = []
      throw error
    }
  }
}
