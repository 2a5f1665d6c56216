import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { FeedMessage, FleetRow } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { listen } from '#server/store/listen.ts'
import type { Store } from '#server/store/open.ts'
import { Pace } from './pace.ts'
import { Pending } from './pending.ts'
import { readChanges, type Changes } from './read-changes.ts'
import { Subscriber } from './subscriber.ts'

export interface StoreState {
  reachable: boolean
  /** What is wrong; null while it is reachable. */
  sentence: string | null
  at: Date
}

/** How often everything is read while no notices can be heard. */
const bridgeMs = 2_000
const idleMs = 60_000

/**
 * Hears the store's notices for a whole web process over one connection, reads what changed once and hands it to every
 * subscriber. While the connection is down everything is read every two seconds, so nothing is missed.
 */
export class FeedHub {
  readonly #store: Store
  readonly #log: Log
  readonly #subscribers = new Set<Subscriber>()
  readonly #fleet = new Map<string, FleetRow>()
  readonly #snapshots = new Map<string, Snapshot>()
  readonly #operations = new Map<string, Operation>()
  readonly #pace = new Pace()
  readonly #stop = new AbortController()
  #pending = new Pending()
  #lastEventId: number | null = null
  #isListening = false
  /** It listened before: notices may have been missed since. */
  #hasListened = false
  #state: StoreState = { reachable: true, sentence: null, at: new Date() }
  #running: Promise<unknown> | null = null
  /** What is in memory is as new as the notices heard; not so before the first read and while nobody listens. */
  #isFresh = false
  #waiting: (() => void)[] = []

  constructor({ store, log }: { store: Store; log: Log }) {
    this.#store = store
    this.#log = log
  }

  /** Adds a subscriber; it hears all changes from this moment on. Resolves once there is something to start from. */
  async subscribe(clusterId: string | null): Promise<Subscriber> {
    const subscriber = new Subscriber(clusterId)
    this.#subscribers.add(subscriber)
    this.#running ??= this.#run()
    if (!this.#isFresh) {
      this.#want('now', (pending) => (pending.everything = true))
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else if (clusterId !== null && !this.#snapshots.has(clusterId)) {
      this.#want('now', (pending) => pending.clusterIds.add(clusterId))
    }
    return subscriber
  }

  unsubscribe(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    const { clusterId } = subscriber
    if (clusterId === null || this.#watched().has(clusterId)) return
    this.#snapshots.delete(clusterId)
    for (const { id, clusterId: of } of this.#operations.values()) if (of === clusterId) this.#operations.delete(id)
  }

  get storeState(): StoreState {
    return this.#state
  }

  get fleet(): FleetRow[] {
    return [...this.#fleet.values()]
  }

  /** The newest event read so far, over all clusters. */
  get lastEventId(): number {
    return this.#lastEventId ?? 0
  }

  /** The newest snapshot of a cluster somebody is subscribed to; null where none was read yet. */
  snapshotOf(clusterId: string): Snapshot | null {
    return this.#snapshots.get(clusterId) ?? null
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  #run(): Promise<unknown> {
    const { signal } = this.#stop
    const hearing = listen(this.#store.url, {
      signal,
      onNotice: (notice) => {
        if (notice.kind === 'users') for (const subscriber of this.#subscribers) subscriber.check()
        const urgency = this.#pending.add(notice)
        if (urgency) this.#pace.want(urgency)
      },
      onState: (isListening) => {
        this.#isListening = isListening
        this.#want('now', (pending) => {
          pending.everything = true
          if (!isListening || !this.#hasListened) return
          for (const id of this.#watched()) {
            pending.backups.add(id)
            pending.stacks.add(id)
          }
        })
        this.#hasListened ||= isListening
      },
    })
    this.#pending.everything = true
    return Promise.all([hearing, this.#tellLoop(signal)])
  }

  async #tellLoop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pending = this.#pending
      this.#pending = new Pending()
      if (!this.#isListening) pending.everything = true
      if (this.#subscribers.size === 0) this.#fallAsleep()
      else if (!pending.isEmpty) await this.#tell(pending)
      await this.#pace.turn(this.#isListening && this.#state.reachable ? idleMs : bridgeMs, signal)
    }
  }

  async #tell(pending: Pending): Promise<void> {
    try {
      const changes = await readChanges(this.#store, pending, {
        watched: this.#watched(),
        operations: this.#operations,
        lastEventId: this.#lastEventId,
      })
      this.#setState(true, null)
      this.#apply(changes)
      this.#tellLooks(pending)
      this.#isFresh = true
    } catch (error) {
      this.#pending.everything = true
      const isUnreachable = error instanceof AppError && error.code === 'store-unreachable'
      if (!isUnreachable) this.#log.error({ error }, 'the feed could not read the store')
      this.#setState(false, error instanceof AppError ? error.message : 'The console cannot read its own store.')
    } finally {
      for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  // Nobody hears anything: reading goes on with the next subscriber, from what is then.
  #fallAsleep(): void {
    this.#isFresh = false
    this.#lastEventId = null
    this.#snapshots.clear()
    this.#operations.clear()
  }

  #apply(changes: Changes): void {
    for (const [id, snapshot] of changes.snapshots) {
      this.#snapshots.set(id, snapshot)
      this.#toWatchers(id, { kind: 'snapshot', snapshot, serverNow: new Date() })
    }
    for (const event of changes.events) {
      this.#toWatchers(event.clusterId, { kind: 'event', event })
    }
    this.#lastEventId = changes.lastEventId
    for (const operation of changes.operations) {
      this.#keep(operation)
      this.#toWatchers(operation.clusterId, { kind: 'operation', operation })
    }
    const removed = changes.isWholeFleet ? this.#missingFrom(changes.rows) : []
    for (const id of removed) this.#fleet.delete(id)
    for (const row of changes.rows) this.#fleet.set(row.clusterId, row)
    if (changes.rows.length === 0 && removed.length === 0) return
    this.#toAll({ kind: 'fleet', rows: changes.rows, removed, serverNow: new Date() })
  }

  // One that has ended is told once and needs no looking after.
  #keep(operation: Operation): void {
    if (isEnded(operation.state)) this.#operations.delete(operation.id)
    else this.#operations.set(operation.id, operation)
  }

  /** Backups and the layers are large, and few pages show them or alerts: whoever does asks for them. */
  #tellLooks({ backups, stacks, alerts }: Pending): void {
    for (const id of backups) this.#toWatchers(id, { kind: 'backups' })
    for (const id of stacks) this.#toWatchers(id, { kind: 'stack' })
    // Some pages show the alerts of all clusters.
    if (alerts.size > 0) this.#toAll({ kind: 'alerts' })
  }

  #missingFrom(rows: FleetRow[]): string[] {
    const present = new Set(rows.map((row) => row.clusterId))
    return [...this.#fleet.keys()].filter((id) => !present.has(id))
  }

  #setState(reachable: boolean, sentence: string | null): void {
    if (this.#state.reachable === reachable && this.#state.sentence === sentence) return
    this.#state = { reachable, sentence, at: new Date() }
    this.#toAll({ kind: 'store', ...this.#state })
  }

  #want(urgency: 'now' | 'soon', note: (pending: Pending) => void): void {
    note(this.#pending)
    this.#pace.want(urgency)
  }

  #watched(): Set<string> {
    const ids = new Set<string>()
    for (const { clusterId } of this.#subscribers) if (clusterId !== null) ids.add(clusterId)
    return ids
  }

  #toWatchers(clusterId: string, message: FeedMessage): void {
    for (const subscriber of this.#subscribers) if (subscriber.clusterId === clusterId) subscriber.offer(message)
  }

  #toAll(message: FeedMessage): void {
    for (const subscriber of this.#subscribers) subscriber.offer(message)
  }
}
