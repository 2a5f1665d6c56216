import { setTimeout as sleep } from 'node:timers/promises'
import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { Facts } from '../define.ts'
import type { LeadContext } from './context.ts'
import { narrate } from './narrate.ts'
import {
  sightOfKeys,
  sightOfMember,
  sightOfSnapshot,
  type DcsSight,
  type MemberSight,
  type Sighting,
} from './sighting.ts'
import { WriteGap } from './write-gap.ts'

/** Looks at the leader key and at the member concerned five times a second, at the others once; tells what changes, and when writes stop and start. */
export class MoveWatch {
  readonly #context: LeadContext
  readonly #gap: WriteGap
  readonly #ended = new AbortController()
  readonly #loops: Promise<void>[]
  readonly #urls: string[]
  #seen: Sighting
  #history: HistoryLine[] | null = null
  #lastDcs: DcsSight | null = null

  constructor(context: LeadContext, members: { name: string; url: string }[]) {
    this.#context = context
    this.#urls = members.map(({ url }) => url)
    this.#gap = new WriteGap(context.operation.plan.leader, context.facts)
    this.#seen = { dcs: null, members: Object.fromEntries(members.map(({ name }) => [name, null])) }
    this.#loops = [
      this.#repeat(
        () => everyMs,
        async (signal) => this.#saw({ dcs: await this.#lookAtDcs(signal) }),
      ),
      ...members.map(({ name, url }) =>
        this.#repeat(
          () => this.#beatOf(name),
          async (signal) => {
            const sight = await this.#lookAtMember(url, signal)
            this.#saw({ members: { ...this.#seen.members, [name]: sight } })
            const found = this.#gap.saw(name, sight)
            if (found) context.note(found)
          },
        ),
      ),
    ]
  }

  /** What is seen now; null in it = not seen by the latest look. */
  get seen(): Sighting {
    const { dcs, members } = this.#seen
    return { members, dcs: dcs && { ...dcs, history: dcs.history ?? this.#history } }
  }

  /** Patroni's history, from the DCS where it is seen and else from a member; null where nobody tells it. */
  async readHistory(): Promise<HistoryLine[] | null> {
    const known = this.#seen.dcs?.history
    if (known) return known
    for (const url of this.#urls) {
      const told = await this.#context.cluster.patroni.history(url, AbortSignal.timeout(lookTimeoutMs)).catch(unseen)
      if (told) return (this.#history = told)
    }
    return null
  }

  /** Resolves when all was seen once, or after the patience. */
  async firstLook(patienceMs: number): Promise<void> {
    const deadline = performance.now() + patienceMs
    while (performance.now() < deadline) {
      if (this.#seen.dcs && Object.values(this.#seen.members).every((sight) => sight !== null)) return
      await sleep(20)
    }
  }

  /** What is known so far of when writes stopped and started. */
  get marks(): Facts {
    return this.#gap.marks
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    this.#context.note(this.marks)
    // Nobody may judge by what is not looked at any more.
    this.#seen = { dcs: null, members: {} }
    await Promise.all(this.#loops)
  }

  async #repeat(beatMs: () => number, look: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const startedAt = performance.now()
      await look(AbortSignal.any([this.#ended.signal, AbortSignal.timeout(lookTimeoutMs)]))
      // The beat may change meanwhile.
      do await sleep(20, undefined, { signal: this.#ended.signal }).catch(() => {})
      while (!this.#ended.signal.aborted && performance.now() - startedAt < beatMs())
    }
  }

  // Close looks only where something is to be seen next: at the leader until it stops, then at whoever follows it.
  #beatOf(name: string): number {
    const { leader } = this.#context.operation.plan
    const isLeaderWriting = this.#seen.members[leader]?.isWritable === true
    return (name === leader) === isLeaderWriting ? everyMs : seldomMs
  }

  async #lookAtDcs(signal: AbortSignal): Promise<DcsSight | null> {
    const { cluster, now } = this.#context
    const keys = cluster.readKeys === null ? null : await cluster.readKeys(signal).then(sightOfKeys, unseen)
    if (keys !== null || signal.aborted) return keys
    return cluster.snapshot().then((snapshot) => sightOfSnapshot(snapshot, now()))
  }

  async #lookAtMember(url: string, signal: AbortSignal): Promise<MemberSight | null> {
    const { cluster, now } = this.#context
    const askedAt = now()
    return cluster.patroni.status(url, signal).then((status) => sightOfMember(status, { askedAt, at: now() }), unseen)
  }

  // A look that was broken off because the watch ends says nothing.
  #saw(part: Partial<Sighting>): void {
    if (this.#ended.signal.aborted) return
    const next = { ...this.#seen, ...part }
    for (const line of narrate({ ...this.#seen, dcs: this.#lastDcs }, next)) this.#context.say(line)
    this.#seen = next
    if (next.dcs) this.#lastDcs = next.dcs
  }
}

const everyMs = 200
const seldomMs = 1_000
const lookTimeoutMs = 1_500

// Neither a system that does not answer nor a look that took too long is an error of ours.
function unseen(error: unknown): null {
  if (error instanceof LookError || (error instanceof DOMException && isBrokenOff(error))) return null
  throw error
}

function isBrokenOff({ name }: DOMException): boolean {
  return name === 'AbortError' || name === 'TimeoutError'
}
