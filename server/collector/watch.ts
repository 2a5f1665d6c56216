import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { Reading } from '#domain/snapshot/reading.ts'
import type { EtcdClient, QuorumProof } from '#server/adapters/etcd/client.ts'
import { applyChanges, later, type KeyChange, type KeyTable } from '#server/adapters/etcd/key-table.ts'
import { toDcsKeys } from '#server/adapters/etcd/parse-keys.ts'
import { etcdTarget } from '#server/adapters/etcd/session.ts'
import { LookError } from '#server/adapters/look-error.ts'
import { Pause } from './pause.ts'

export interface KeyWatchOptions {
  etcd: EtcdClient
  namespace: string
  /** Null until some member has told it. */
  scope: () => string | null
  onKeys: (reading: Reading<DcsKeys>) => void
  clock: () => Date
  signal: AbortSignal
}

const longestBackOffMs = 2_000
/** A watch that held for so long was a good one. */
const lastingMs = 1_000
const scopeBeatMs = 500
const graceMs = 500

/**
 * Keeps Patroni's keys in memory by listing them and watching from there; whatever ends the watch (compaction,
 * cancellation, a lost connection, an endpoint that was left behind) leads to a new listing.
 */
export class KeyWatch {
  readonly #options: KeyWatchOptions
  readonly #pause = new Pause()
  #table: KeyTable | null = null
  #leader: { name: string | null; changedAt: Date } | null = null
  #endpoint = ''
  #stream = new AbortController()

  constructor(options: KeyWatchOptions) {
    this.#options = options
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    const { etcd, signal } = this.#options
    let failures = 0
    while (!signal.aborted) {
      const scope = this.#options.scope()
      if (scope === null) {
        await this.#pause.sleep(scopeBeatMs, signal)
        continue
      }
      let followedAtMs = Number.POSITIVE_INFINITY
      try {
        this.#adopt(await this.#list(scope))
        followedAtMs = performance.now()
        this.#endpoint = etcd.current()
        await this.#follow(scope)
      } catch (error) {
        if (!(error instanceof LookError)) throw error
      }
      // A listing proves nothing of a watch: an etcd that refuses it would be listed ten times a second.
      failures = performance.now() - followedAtMs > lastingMs ? 1 : failures + 1
      await this.#pause.sleep(Math.min(50 * 2 ** failures, longestBackOffMs), signal)
    }
  }

  /** Holds the watch against a fresh read with a majority: one that has missed something, or hangs elsewhere, is begun anew. */
  async check(proof: QuorumProof): Promise<void> {
    if (this.#endpoint !== '' && this.#endpoint !== this.#options.etcd.current()) return this.#restart()
    if (!this.#lacks(proof)) return
    await new Pause().sleep(graceMs, this.#options.signal)
    if (this.#lacks(proof)) this.#restart()
  }

  #restart(): void {
    this.#stream.abort()
    this.#pause.wake()
  }

  async #list(scope: string): Promise<KeyTable> {
    const { etcd, namespace, signal, onKeys, clock } = this.#options
    try {
      const table = await etcd.listKeys(namespace, scope, signal)
      if (table.keys.size > 0) return table
      throw new LookError(
        'protocol',
        `etcd has no keys below ${namespace}/${scope}: check the namespace and the scope.`,
      )
    } catch (error) {
      if (error instanceof LookError && !signal.aborted) {
        onKeys({ ok: false, observedAt: clock(), kind: error.kind, sentence: error.message })
      }
      throw error
    }
  }

  async #follow(scope: string): Promise<void> {
    const { etcd, namespace, signal } = this.#options
    const table = this.#table
    if (table === null) return
    const stream = new AbortController()
    this.#stream = stream
    const end = () => stream.abort()
    signal.addEventListener('abort', end)
    try {
      await etcd.watch({
        namespace,
        scope,
        fromRevision: String(BigInt(table.revision) + 1n),
        onChange: (changes, revision) => this.#apply(changes, revision),
        signal: stream.signal,
      })
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  #apply(changes: KeyChange[], revision: string): void {
    if (this.#table !== null) this.#adopt(applyChanges(this.#table, changes, revision))
  }

  #adopt(table: KeyTable): void {
    const { clock, onKeys, etcd } = this.#options
    const now = clock()
    const name = table.keys.get('leader')?.value ?? null
    if (this.#leader?.name !== name) this.#leader = { name, changedAt: now }
    this.#table = table
    const value = toDcsKeys(table, this.#leader?.changedAt ?? now, etcdTarget(etcd.current()))
    onKeys({ ok: true, observedAt: now, value })
  }

  #lacks(proof: QuorumProof): boolean {
    if (this.#table === null) return false
    if (later(this.#table.revision, proof.newestModRevision) !== this.#table.revision) return true
    return BigInt(this.#table.revision) < BigInt(proof.revision) && this.#table.keys.size !== proof.keyCount
  }
}
