import { neverSeen, see, type Reading, type Seen } from '#domain/snapshot/reading.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

/** What the deep looks at one system brought so far. */
export class DeepSlot<T> {
  readonly #before: () => Looked<T> | null
  /** Undefined = not asked yet; null = it cannot be asked. */
  #seen: Seen<T> | null | undefined

  /** `before`: what an earlier collector saw, which holds, growing old, until a look brings more. */
  constructor(before: () => Looked<T> | null) {
    this.#before = before
  }

  /** Adds a look; null = there is nobody to ask. True when that is news. */
  put(reading: Reading<T> | null): boolean {
    const isNews = reading !== null || this.#seen !== null
    this.#seen = reading && see(this.#seen ?? seenOf(this.#before()), reading)
    return isNews
  }

  looked(): Looked<T> | null {
    if (this.#seen === undefined) return this.#before()
    if (this.#seen === null) return null
    const { good, problem } = this.#seen
    return { value: good?.value ?? null, seenAt: good?.observedAt ?? null, problem }
  }
}

function seenOf<T>(looked: Looked<T> | null): Seen<T> {
  if (looked === null) return neverSeen
  const { value, seenAt, problem } = looked
  return { good: value === null || seenAt === null ? null : { value, observedAt: seenAt }, problem }
}
