import type { Facts } from '../define.ts'
import type { MemberSight } from './sighting.ts'

/** Finds when the old leader was last seen writable and another member first, from looks as they come in. */
export class WriteGap {
  readonly #leader: string
  readonly #readOnly = new Set<string>()
  #oldWritableAt: Date | null
  #wasWritable = false
  #isFound: boolean

  constructor(leader: string, known: Facts) {
    this.#leader = leader
    this.#oldWritableAt = known.oldWritableAt ?? null
    this.#isFound = known.newWritableAt !== undefined
  }

  /** Facts worth keeping that this look brought; null = none. */
  saw(member: string, sight: MemberSight | null): Facts | null {
    if (this.#isFound) return null
    if (member === this.#leader) return this.#sawLeader(sight)
    if (sight === null) return null
    if (!sight.isWritable) {
      this.#readOnly.add(member)
      return null
    }
    this.#isFound = true
    // Seen read-only just before: then the first look that found it writable came when it became so.
    const isMeasuredThroughout = this.#oldWritableAt !== null && this.#readOnly.has(member)
    return { newWritableAt: sight.at, isMeasuredThroughout, ...this.#oldMark() }
  }

  #sawLeader(sight: MemberSight | null): Facts | null {
    if (sight?.isWritable) {
      this.#oldWritableAt = sight.at
      this.#wasWritable = true
      return null
    }
    // Kept at once: should this process die now, nobody else could tell.
    const hasStopped = this.#wasWritable
    this.#wasWritable = false
    return hasStopped ? this.#oldMark() : null
  }

  #oldMark(): Pick<Facts, 'oldWritableAt'> {
    return this.#oldWritableAt === null ? {} : { oldWritableAt: this.#oldWritableAt }
  }
}
