import type { Facts } from '../define.ts'
import type { MemberSight } from './sighting.ts'

/** Finds when the old leader was last seen writable and another member first, from looks as they come in. */
export class WriteGap {
  readonly #leader: string
  #oldWritableAt: Date | null = null
  #wasWritable = false
  #isFound: boolean

  constructor(leader: string, known: Facts) {
    this.#leader = leader
    this.#isFound = known.newWritableAt !== undefined
  }

  /** Facts worth keeping that this look brought; null = none. */
  saw(member: string, sight: MemberSight | null): Facts | null {
    if (this.#isFound) return null
    if (member === this.#leader) return this.#sawLeader(sight)
    if (!sight?.isWritable) return null
    this.#isFound = true
    const isMeasuredThroughout = this.#oldWritableAt !== null
    return { newWritableAt: sight.at, isMeasuredThroughout, ...this.#oldMark() }
  }

  #sawLeader(sight: MemberSight | null): Facts | null {
    if (sight?.isWritable) {
      this.#oldWritableAt = sight.at
      this.#wasWritable = true
      return null
    }
    // Kept at once: should this process die now, nobody else could tell.
    const stopped = this.#wasWritable
    this.#wasWritable = false
    return stopped ? this.#oldMark() : null
  }

  #oldMark(): Pick<Facts, 'oldWritableAt'> {
    return this.#oldWritableAt === null ? {} : { oldWritableAt: this.#oldWritableAt }
  }
}
