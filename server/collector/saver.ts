import { addLook, type WriteLook } from '#domain/availability/look.ts'
import type { Standing } from '#domain/availability/move-on.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { keepLooks } from '#server/store/availability/keep-looks.ts'
import { saveSweep } from '#server/store/snapshots.ts'
import type { Store } from '#server/store/open.ts'
import { Pause } from './pause.ts'
import type { Taken } from './snapshots.ts'

export interface SaverOptions {
  store: Store
  executorId: string
  /** The cluster is another worker's by now, or was removed: nothing more may be written. */
  onLost: () => void
  log: Log
}

const mostWaiting = 10_000
const mostRefusals = 4
const longestBackOffMs = 3_000

/** Writes what was taken, newest snapshot first and every event in order; while the store is away the events wait. */
export class SweepSaver {
  readonly #options: SaverOptions
  readonly #pause = new Pause()
  readonly #ended = new AbortController()
  #newest: Taken | null = null
  #waiting: ClusterEvent[] = []
  /** What was found of whether writes are served and is not kept yet. */
  #looks: WriteLook[] = []
  #standing: Standing | null = null
  #saving: Promise<void> | null = null
  #isAway = false

  constructor(options: SaverOptions) {
    this.#options = options
  }

  offer(taken: Taken): void {
    this.#newest = taken
    this.#waiting.push(...taken.events)
    this.#looks = addLook(this.#looks, taken.look)
    const excess = this.#waiting.length - mostWaiting
    if (excess > 0) {
      this.#waiting.splice(0, excess)
      this.#options.log.error({ excess }, 'Too many events wait for the store: the oldest are given up.')
    }
    this.#saving ??= this.#saveAll().finally(() => (this.#saving = null))
  }

  /** Waits until the save under way is over and writes no more. */
  async stop(): Promise<void> {
    this.#ended.abort()
    await this.#saving
  }

  async #saveAll(): Promise<void> {
    let failures = 0
    while (this.#newest !== null && !this.#ended.signal.aborted) {
      const taken = this.#newest
      this.#newest = null
      const events = this.#waiting.slice()
      const outcome = await this.#save(taken, events)
      if (outcome === 'lost') return
      if (outcome === 'saved') {
        this.#waiting.splice(0, events.length)
        failures = 0
        continue
      }
      this.#newest ??= taken
      failures++
      if (outcome === 'refused' && failures >= mostRefusals) this.#giveUp(events)
      await this.#pause.sleep(Math.min(100 * 2 ** failures, longestBackOffMs), this.#ended.signal)
    }
  }

  // What the store will never take must not hold up everything after it.
  #giveUp(events: ClusterEvent[]): void {
    this.#waiting.splice(0, events.length)
    this.#looks = []
    this.#options.log.error({ events }, 'The store refuses these events: they are given up.')
  }

  async #save(taken: Taken, events: ClusterEvent[]): Promise<'saved' | 'failed' | 'refused' | 'lost'> {
    const { store, executorId, log, onLost } = this.#options
    try {
      const { snapshot, summary } = taken
      const looks = this.#looks
      const known = this.#standing
      let standing: Standing | null = null
      await saveSweep(store, {
        snapshot,
        summary,
        events,
        executorId,
        async beforeKept(tx) {
          standing = await keepLooks(tx, { clusterId: snapshot.clusterId, standing: known, looks })
        },
      })
      this.#standing = standing
      this.#looks = leftOf(this.#looks, looks)
      if (this.#isAway)
        log.info({ events: events.length }, 'The store is back; everything that was seen meanwhile is written.')
      this.#isAway = false
      return 'saved'
    } catch (error) {
      if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not-found')) {
        log.info({ reason: error.message }, 'Stopped writing about the cluster.')
        onLost()
        return 'lost'
      }
      // It may have been kept all the same: how far is read anew.
      this.#standing = null
      if (!this.#isAway)
        log.error({ error }, 'Cannot write to the store; looking goes on and what is seen is kept until it is back.')
      this.#isAway = true
      return error instanceof AppError ? 'failed' : 'refused'
    }
  }
}

/** What came while some were kept; the last of those may have been joined by more of the same. */
function leftOf(looks: readonly WriteLook[], kept: readonly WriteLook[]): WriteLook[] {
  return looks.slice(looks[kept.length - 1] === kept.at(-1) ? kept.length : Math.max(0, kept.length - 1))
}
