import type { Sample } from '#domain/samples/metrics.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import type { ClusterAccess } from './access.ts'
import { Board } from './board.ts'
import { startEtcdLoops } from './etcd-loops.ts'
import { createEnd, type Loop } from './loop.ts'
import { addressesOf, type RosterEntry } from './roster.ts'
import { SweepSaver } from './saver.ts'
import { startHaproxyLoop, startPoolerLoop, startPostgresLoop } from './side-loops.ts'
import { SnapshotTaker, type Taken } from './snapshots.ts'
import { StackSweep } from './stack/stack-sweep.ts'
import { startMemberLoops, type Looking, type News } from './sweep.ts'
import { Tempo } from './tempo.ts'

export interface CollectorOptions {
  access: ClusterAccess
  store: Store
  executorId: string
  /** The newest kept snapshot, so that nothing is told twice and nothing missed. */
  previous: Snapshot | null
  /** The same of the layers. */
  previousStack: StackView | null
  /** Another worker has taken over, or the cluster was removed; the collector has stopped looking. */
  onLost: () => void
  log: Log
}

const leaderHurryMs = 15_000
const patienceMs = 2_500
const longestPatienceMs = 6_000

/** Looks at one cluster and keeps what it sees: every system in a loop of its own, snapshots as things change. */
export class ClusterCollector {
  readonly access: ClusterAccess
  readonly #board: Board
  readonly #taker: SnapshotTaker
  readonly #saver: SweepSaver
  readonly #tempo = new Tempo()
  readonly #ended = createEnd()
  readonly #members = new Map<string, { loop: Loop; ended: AbortController }>()
  readonly #listeners = new Set<(snapshot: Snapshot) => void>()
  readonly #looking: Looking
  readonly #stack: StackSweep
  #startedAtMs = 0
  #firstTimer: NodeJS.Timeout | undefined

  constructor({ access, store, executorId, previous, previousStack, onLost, log }: CollectorOptions) {
    this.access = access
    this.#board = new Board(access, clock(), previous)
    this.#saver = new SweepSaver({
      store,
      executorId,
      log,
      onLost: () => {
        this.#end()
        onLost()
      },
    })
    this.#taker = new SnapshotTaker({
      previous,
      readings: () => this.#board.readings(),
      onTaken: (taken) => this.#keep(taken),
      clock,
    })
    this.#looking = {
      board: this.#board,
      beatMs: () => this.#tempo.beatMs(Date.now()),
      onReading: (news) => this.#note(news),
      clock,
      signal: this.#ended.signal,
      log,
    }
    this.#stack = new StackSweep({
      looking: this.#looking,
      store,
      executorId,
      previous: previousStack,
      snapshot: () => this.current(),
    })
    if (previous?.leader) this.#board.noteLeader(previous.leader.name, new Date(0))
  }

  start(): void {
    this.#startedAtMs = Date.now()
    for (const entry of this.#board.entries.values()) this.#startMember(entry)
    startEtcdLoops(this.#looking)
    startHaproxyLoop(this.#looking)
    this.#stack.start()
    this.#firstTimer = setTimeout(() => this.#note('new'), longestPatienceMs + 50)
  }

  /** Ends all looks and waits until the last write is over. */
  async stop(): Promise<void> {
    this.#end()
    await Promise.all([this.#saver.stop(), this.#stack.stop()])
  }

  /** The newest snapshot, kept or about to be. */
  current(): Snapshot | null {
    return this.#taker.current()
  }

  /** What the layers say, as it is known now. */
  stack(): StackView {
    return this.#stack.current()
  }

  /** The newest sample of the cluster and of each member. */
  samples(): readonly Sample[] {
    return this.#stack.samples()
  }

  /** Looks every 250 ms until then (epoch ms, at most ten minutes ahead), beginning now; a moment that is past ends the hurry. */
  hurry(untilMs: number): void {
    const nowMs = Date.now()
    const wasFast = this.#tempo.isFast(nowMs)
    this.#tempo.hurry(untilMs, nowMs)
    if (!wasFast && this.#tempo.isFast(nowMs)) this.#wakeMembers()
  }

  /** Looks as at rest until then (epoch ms, at most ten minutes ahead), whatever moves. */
  calm(untilMs: number): void {
    this.#tempo.calm(untilMs, Date.now())
  }

  /** Looks at all layers now, for they have changed; not while calm is kept. */
  lookDeep(): void {
    if (!this.#tempo.isCalm(Date.now())) this.#stack.lookNow()
  }

  /** Calls back with every new snapshot; the returned function ends it. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls back with every new view of the layers; the returned function ends it. */
  onStack(listener: (view: StackView) => void): () => void {
    return this.#stack.subscribe(listener)
  }

  #note(news: News): void {
    if (this.#ended.signal.aborted) return
    if (news !== 'none') this.#reviseRoster(clock())
    if (!this.#taker.isRunning()) this.#takeFirst()
    else if (news !== 'none') this.#taker.poke(news === 'urgent' ? 'now' : 'soon')
  }

  // Before all have been asked once, what is merely not known yet would look like a change.
  #takeFirst(): void {
    const sinceStartMs = Date.now() - this.#startedAtMs
    if (this.#board.isReady(sinceStartMs > patienceMs) || sinceStartMs > longestPatienceMs) this.#taker.poke('now')
  }

  #keep(taken: Taken): void {
    const now = clock()
    const nowMs = now.getTime()
    const wasFast = this.#tempo.isFast(nowMs)
    this.#tempo.note(taken.snapshot, nowMs)
    const isAnotherLeader = this.#board.noteLeader(taken.snapshot.leader?.name ?? null, now)
    if (isAnotherLeader) this.#tempo.keepUp(nowMs + leaderHurryMs)
    if (isAnotherLeader || (!wasFast && this.#tempo.isFast(nowMs))) this.#wakeMembers()
    if (this.#stack.note(taken.snapshot)) this.lookDeep()
    this.#saver.offer(taken)
    for (const listener of this.#listeners) listener(taken.snapshot)
  }

  #reviseRoster(now: Date): void {
    const { added, removed } = this.#board.revise(now)
    for (const { url } of removed) {
      this.#members.get(url)?.ended.abort()
      this.#members.delete(url)
    }
    for (const entry of added) this.#startMember(entry)
  }

  #startMember(entry: RosterEntry): void {
    const ended = createEnd()
    this.#ended.signal.addEventListener('abort', () => ended.abort())
    const sql = startPostgresLoop(entry, this.#looking, ended.signal)
    const loop = startMemberLoops(entry, this.#looking, ended.signal, () => sql.wake())
    startPoolerLoop(entry, this.#looking, ended.signal)
    this.#stack.startMember(entry, ended.signal)
    this.#members.set(entry.url, { loop, ended })
    void addressesOf(entry.url).then((addresses) => {
      entry.addresses = addresses
      this.#note(addresses.size > 1 ? 'new' : 'none')
    })
  }

  #wakeMembers(): void {
    for (const { loop } of this.#members.values()) loop.wake()
  }

  #end(): void {
    this.#ended.abort()
    clearTimeout(this.#firstTimer)
    this.#taker.stop()
  }
}

function clock(): Date {
  return new Date()
}
