import type { Facts } from '../define.ts'
import type { MemberSight } from './sighting.ts'

/** Finds when the old leader was last seen writable and another member first, from looks as they come in. */
export class WriteGap {
  readonly #leader: string
  readonly #readOnly: Map<string, Date>
  #oldWritableAt: Date | null
  #oldStoppedAt: Date | null
  #wasWritable = false
  #isFound: boolean

  constructor(leader: string, known: Facts) {
    this.#leader = leader
    this.#readOnly = new Map(known.readOnly?.map(({ member, at }) => [member, at]))
    this.#oldWritableAt = known.oldWritableAt ?? null
    this.#oldStoppedAt = known.oldStoppedAt ?? null
    this.#isFound = known.newWritableAt !== undefined
  }

  /** Facts worth keeping at once that this look brought; null = none. */
  saw(member: string, sight: MemberSight | null): Facts | null {
    if (this.#isFound) return null
    if (member === this.#leader) return this.#sawLeader(sight)
    if (sight === null) return null
    if (!sight.isWritable) {
      this.#readOnly.set(member, sight.askedAt)
      return null
    }
    this.#isFound = true
    return { newWritableAt: sight.at, ...this.marks }
  }

  /** What later looks, of another step or another process, need to know of these. */
  get marks(): Facts {
    const readOnly = [...this.#readOnly].map(([member, at]) => ({ member, at }))
    if (this.#oldWritableAt === null) return { readOnly }
    return { readOnly, oldWritableAt: this.#oldWritableAt, oldStoppedAt: this.#oldStoppedAt }
  }

  #sawLeader(sight: MemberSight | null): Facts | null {
    if (sight?.isWritable) {
      this.#oldWritableAt = sight.askedAt
      this.#oldStoppedAt = null
      this.#wasWritable = true
      return null
    }
    const isFirst = sight !== null && this.#oldWritableAt !== null && this.#oldStoppedAt === null
    if (isFirst) this.#oldStoppedAt = sight.at
    // Kept at once: should this process die now, nobody else could tell.
    const hasStopped = this.#wasWritable || isFirst
    this.#wasWritable = false
    return hasStopped ? this.marks : null
  }
}
