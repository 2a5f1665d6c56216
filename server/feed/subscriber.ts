import type { StoredEvent } from '#domain/event.ts'
import type { Operation } from '#domain/operation.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { FeedMessage, FleetRow } from '#domain/view.ts'

export interface Delivery {
  messages: FeedMessage[]
  /** Events were dropped because they were not taken in time: read them from the store. */
  missedEvents: boolean
  /** Somebody's session, role or right changed: look whether this one still counts. */
  mustCheck: boolean
}

/** Most events kept for a subscriber that does not take them. */
export const maxWaitingEvents = 200

/** What waits for one subscriber: of a snapshot, a row, an operation only the newest, so that a slow one costs little. */
export class Subscriber {
  /** The cluster it hears in full; null = the fleet's rows only. */
  readonly clusterId: string | null
  #store: FeedMessage | null = null
  #snapshot: Snapshot | null = null
  #events: StoredEvent[] = []
  #missedEvents = false
  readonly #operations = new Map<string, Operation>()
  readonly #rows = new Map<string, FleetRow>()
  readonly #removed = new Set<string>()
  #mustCheck = false
  #wake: () => void = () => {}

  constructor(clusterId: string | null) {
    this.clusterId = clusterId
  }

  offer(message: FeedMessage): void {
    this.#keep(message)
    this.#wake()
  }

  check(): void {
    this.#mustCheck = true
    this.#wake()
  }

  /** What has gathered; waits for it until the time is over or the signal comes, then it may be nothing. */
  async take(timeoutMs: number, signal: AbortSignal): Promise<Delivery> {
    if (this.#isEmpty && !signal.aborted) await this.#wait(timeoutMs, signal)
    const delivery = { messages: this.#messages(), missedEvents: this.#missedEvents, mustCheck: this.#mustCheck }
    this.#store = null
    this.#snapshot = null
    this.#events = []
    this.#missedEvents = false
    this.#operations.clear()
    this.#rows.clear()
    this.#removed.clear()
    this.#mustCheck = false
    return delivery
  }

  #wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#wake = () => {}
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      signal.addEventListener('abort', done)
      this.#wake = done
    })
  }

  #keep(message: FeedMessage): void {
    switch (message.kind) {
      case 'hello':
      case 'store':
        this.#store = message
        return
      case 'snapshot':
        this.#snapshot = message.snapshot
        return
      case 'event':
        if (this.#events.length < maxWaitingEvents) this.#events.push(message.event)
        else this.#missedEvents = true
        return
      case 'operation':
        this.#operations.set(message.operation.id, message.operation)
        return
      case 'fleet':
        for (const row of message.rows) {
          this.#rows.set(row.clusterId, row)
          this.#removed.delete(row.clusterId)
        }
        for (const id of message.removed) {
          this.#rows.delete(id)
          this.#removed.add(id)
        }
    }
  }

  #messages(): FeedMessage[] {
    const serverNow = new Date()
    const messages: FeedMessage[] = []
    if (this.#store) messages.push(this.#store)
    if (this.#snapshot) messages.push({ kind: 'snapshot', snapshot: this.#snapshot, serverNow })
    if (!this.#missedEvents) for (const event of this.#events) messages.push({ kind: 'event', event })
    for (const operation of this.#operations.values()) messages.push({ kind: 'operation', operation })
    if (this.#rows.size > 0 || this.#removed.size > 0) {
      messages.push({ kind: 'fleet', rows: [...this.#rows.values()], removed: [...this.#removed], serverNow })
    }
    return messages
  }

  get #isEmpty(): boolean {
    return (
      !this.#store &&
      !this.#snapshot &&
      this.#events.length === 0 &&
      this.#operations.size === 0 &&
      this.#rows.size === 0 &&
      this.#removed.size === 0 &&
      !this.#mustCheck
    )
  }
}
