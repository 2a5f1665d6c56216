import type { Sample } from '#domain/samples/metrics.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { Store } from '#server/store/open.ts'
import { startSampling, type SamplingOptions } from '../samples/sampling.ts'
import type { RosterEntry } from '../roster.ts'
import type { Looking } from '../sweep.ts'
import { Bell } from './bell.ts'
import { startMemberDeepLoops, startSharedDeepLoops, type DeepLooking } from './deep-loops.ts'
import { StackBoard } from './stack-board.ts'
import { StackKeeper } from './stack-keeper.ts'
import { standingOf } from './standing-of.ts'

export interface StackSweepOptions {
  looking: Looking
  store: Store
  executorId: string
  /** The newest kept view. */
  previous: StackView | null
  /** The newest snapshot; null before the first. */
  snapshot: () => Snapshot | null
}

/** The slower, deeper looks at all layers of one cluster: each in a loop of its own, one view of what they brought. */
export class StackSweep {
  readonly #board: StackBoard
  readonly #keeper: StackKeeper
  readonly #sampling: SamplingOptions
  readonly #deep: DeepLooking
  readonly #bell = new Bell()
  #standing: string | null = null
  readonly #listeners = new Set<(view: StackView) => void>()
  #samples: readonly Sample[] = []

  constructor({ looking, store, executorId, previous, snapshot }: StackSweepOptions) {
    const { log, signal } = looking
    const clusterId = looking.board.access.cluster.id
    this.#board = new StackBoard(previous)
    this.#keeper = new StackKeeper({
      store,
      clusterId,
      executorId,
      view: () => this.current(),
      onTaken: (view) => {
        for (const listener of this.#listeners) listener(view)
      },
      log,
    })
    this.#sampling = {
      store,
      clusterId,
      executorId,
      look: () => ({ snapshot: snapshot(), stack: this.current() }),
      onTaken: (samples) => {
        this.#samples = samples
      },
      signal,
      log,
    }
    this.#deep = {
      looking,
      board: this.#board,
      bell: this.#bell,
      onNews: (isExtra) => this.#keeper.poke(isExtra ? 'soon' : 'at-rest'),
    }
    signal.addEventListener('abort', () => this.#keeper.end())
  }

  start(): void {
    startSharedDeepLoops(this.#deep)
    startSampling(this.#sampling)
  }

  /** Looks at the layers of a node until the signal. */
  startMember(entry: RosterEntry, signal: AbortSignal): void {
    startMemberDeepLoops(entry, this.#board.addMember(entry), this.#deep, signal)
    signal.addEventListener('abort', () => this.#board.removeMember(entry))
  }

  /** True where the cluster stands otherwise than in the snapshot that was noted before. */
  note(snapshot: Snapshot): boolean {
    const before = this.#standing
    this.#standing = standingOf(snapshot)
    return before !== null && before !== this.#standing
  }

  /** Looks at all layers now; who is asked for that much is looked at no more than once a second, and after a while at its beat alone. */
  lookNow(): void {
    this.#bell.ring()
  }

  /** Waits until the last write is over; the looks end with the signal of the others. */
  async stop(): Promise<void> {
    await this.#keeper.stop()
  }

  /** Calls back with every new view; the returned function ends it. */
  subscribe(listener: (view: StackView) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The newest sample of each subject. */
  samples(): readonly Sample[] {
    return this.#samples
  }

  /** Everything as it is known now. */
  current(): StackView {
    return this.#board.view(this.#deep.looking.clock())
  }
}
