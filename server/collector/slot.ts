import { see, type Problem, type Reading, type Seen } from '#domain/snapshot/reading.ts'

/** What is known from the looks at one system, and whether a new look tells something new. */
export class Slot<T> {
  seen: Seen<T>
  /** False until a look has been made, whatever is known from before. */
  isLookedAt = false
  readonly #material: (value: T) => unknown
  #lastMaterial: string | null = null

  /**
   * `material` picks what counts as a change: no positions, clocks or counters, which differ at every look. `problem` is what
   * looks met before these began: a silence that goes on has neither ended nor begun because another worker looks.
   */
  constructor(material: (value: T) => unknown, problem: Problem | null = null) {
    this.#material = material
    this.seen = { good: null, problem }
  }

  /** Adds a reading; `new` when it tells more than new numbers. */
  put(reading: Reading<T>): 'new' | 'none' {
    const previousKind = this.seen.problem?.kind ?? null
    this.isLookedAt = true
    this.seen = see(this.seen, reading)
    if (!reading.ok) return previousKind === reading.kind ? 'none' : 'new'
    const material = JSON.stringify(this.#material(reading.value))
    const isNew = previousKind !== null || material !== this.#lastMaterial
    this.#lastMaterial = material
    return isNew ? 'new' : 'none'
  }
}
