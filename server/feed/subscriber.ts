import type { FeedMessage } from '#domain/fleet/view.ts'

export interface Delivery {
  messages: FeedMessage[]
  /** Events were dropped because they were not taken in time: read them from the store. */
  missedEvents: boolean
  /** Somebody's session, role or right changed: look whether this one still counts. */
  mustCheck: boolean
}

/** Most events kept for a subscriber that does not take them. */
export const maxWaitingEvents = 200

type Told<K extends FeedMessage['kind']> = Extract<FeedMessage, { kind: K }>

/**
 * What waits for one subscriber: of a snapshot, a row, an operation only the newest, so that a slow one costs little. A
 * message that nothing is merged with stays the very object that others are given, so that it is put into words once.
 */
export class Subscriber {
  /** The cluster it hears in full; null = the fleet's rows only. */
  readonly clusterId: string | null
  #store: FeedMessage | null = null
  #snapshot: Told<'snapshot'> | null = null
  #events: Told<'event'>[] = []
  #missedEvents = false
  readonly #operations = new Map<string, Told<'operation'>>()
  #backups: Told<'backups'> | null = null
  #stack: Told<'stack'> | null = null
  #alerts: Told<'alerts'> | null = null
  #fleet: Told<'fleet'> | null = null
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
    this.#backups = null
    this.#stack = null
    this.#alerts = null
    this.#fleet = null
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
        this.#snapshot = message
        return
      case 'event':
        if (this.#events.length < maxWaitingEvents) this.#events.push(message)
        else this.#missedEvents = true
        return
      case 'operation':
        this.#operations.set(message.operation.id, message)
        return
      case 'backups':
        this.#backups = message
        return
      case 'stack':
        this.#stack = message
        return
      case 'alerts':
        this.#alerts = message
        return
      case 'fleet':
        this.#fleet = this.#fleet ? mergeFleet(this.#fleet, message) : message
    }
  }

  #messages(): FeedMessage[] {
    const now = new Date()
    const messages: FeedMessage[] = []
    if (this.#store) messages.push(this.#store)
    if (this.#snapshot) messages.push(withTrueClock(this.#snapshot, now))
    if (!this.#missedEvents) messages.push(...this.#events)
    messages.push(...this.#operations.values())
    if (this.#backups) messages.push(this.#backups)
    if (this.#stack) messages.push(this.#stack)
    if (this.#alerts) messages.push(this.#alerts)
    if (this.#fleet) messages.push(withTrueClock(this.#fleet, now))
    return messages
  }

  get #isEmpty(): boolean {
    return (
      !this.#store &&
      !this.#snapshot &&
      this.#events.length === 0 &&
      this.#operations.size === 0 &&
      !this.#backups &&
      !this.#stack &&
      !this.#alerts &&
      !this.#fleet &&
      !this.#mustCheck
    )
  }
}

function mergeFleet(older: Told<'fleet'>, newer: Told<'fleet'>): Told<'fleet'> {
  const rows = new Map([...older.rows, ...newer.rows].map((row) => [row.clusterId, row]))
  for (const id of newer.removed) rows.delete(id)
  const removed = new Set([...older.removed, ...newer.removed].filter((id) => !rows.has(id)))
  return { kind: 'fleet', rows: [...rows.values()], removed: [...removed], serverNow: newer.serverNow }
}

// Pages set their clocks by it: what has waited must not tell the time at which it came.
function withTrueClock<T extends { serverNow: Date }>(message: T, now: Date): T {
  return now.getTime() - message.serverNow.getTime() > 500 ? { ...message, serverNow: now } : message
}
