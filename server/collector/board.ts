import { hostAndPort } from '#domain/snapshot/address.ts'
import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { HaproxyStatus } from '#domain/snapshot/readings.ts'
import type { HistoryLine, PatroniConfig } from '#domain/snapshot/patroni.ts'
import { baseUrl, hostOf } from '#server/adapters/base-url.ts'
import type { ClusterAccess } from './access.ts'
import { materialEndpoint, materialHaproxy, materialKeys } from './material.ts'
import { nameFor, newEntry, type Listed, type RosterEntry } from './roster.ts'
import { Slot } from './slot.ts'

const mostLearned = 32
const learnedKeptMs = 10 * 60_000

/** All that the looks at one cluster have brought so far. */
export class Board {
  readonly access: ClusterAccess
  readonly entries = new Map<string, RosterEntry>()
  readonly keys = new Slot<DcsKeys>(materialKeys)
  readonly quorum: Slot<{ revision: string }>
  readonly etcdEndpoints: { url: string; status: Slot<Parameters<typeof materialEndpoint>[0]> }[]
  readonly haproxy: Slot<HaproxyStatus>
  readonly config = new Slot<PatroniConfig>((config) => config)
  readonly history = new Slot<HistoryLine[]>((history) => history)
  /** When the leader last changed under our eyes; 0 = not yet. */
  leaderChangedAtMs = 0
  readonly #before: Snapshot | null
  #leader: string | null = null

  /** `before`: the newest kept snapshot; what was silent then stays so since then until a look succeeds. */
  constructor(access: ClusterAccess, now: Date, before: Snapshot | null = null) {
    this.access = access
    this.#before = before
    this.quorum = new Slot(() => null, before?.etcd?.quorumProblem)
    this.haproxy = new Slot(materialHaproxy, before?.haproxy?.problem)
    for (const url of access.patroniUrls) this.entries.set(url, newEntry(url, true, now, this.#knownAt(url)))
    const etcdUrls = access.cluster.endpoints.etcdUrls.flatMap((url) => baseUrl(url, 2379) ?? [])
    const endpoints = new Map(before?.etcd?.endpoints.map(({ url, problem }) => [url, problem]))
    this.etcdEndpoints = etcdUrls.map((url) => ({ url, status: new Slot(materialEndpoint, endpoints.get(url)) }))
  }

  scope(): string | null {
    if (this.access.cluster.scope !== null) return this.access.cluster.scope
    for (const { status } of this.entries.values())
      if (status.seen.good?.value.scope) return status.seen.good.value.scope
    return null
  }

  /** Members as etcd lists them, else as any member that answered does. */
  listed(): Listed[] {
    const keys = this.keys.seen.good
    if (keys !== null && this.keys.seen.problem === null) return keys.value.members
    return [...this.entries.values()].flatMap((entry) => entry.clusterView.seen.good?.value.members ?? [])
  }

  /** Names who has become known and starts looking at addresses that the cluster told; returns what came and what goes. */
  revise(now: Date): { added: RosterEntry[]; removed: RosterEntry[] } {
    const listed = this.listed()
    for (const entry of this.entries.values()) {
      entry.name = nameFor(entry, listed)
      this.access.names.set(entry.url, entry.name)
    }
    const added: RosterEntry[] = []
    for (const { name, apiUrl } of listed) {
      const known = [...this.entries.values()].find((entry) => entry.name === name || entry.url === apiUrl)
      if (known !== undefined) known.listedAt = now
      else if (apiUrl !== null && this.entries.size < this.access.patroniUrls.length + mostLearned) {
        const entry = { ...newEntry(apiUrl, false, now, this.#knownAt(apiUrl)), name }
        this.entries.set(apiUrl, entry)
        this.access.names.set(apiUrl, name)
        added.push(entry)
      }
    }
    const removed = [...this.entries.values()].filter((entry) => this.#isNeedless(entry, now))
    for (const entry of removed) this.entries.delete(entry.url)
    return { added, removed }
  }

  /** Who leads by the latest snapshot. */
  leaderName(): string | null {
    return this.#leader
  }

  /** True once every configured system that tells of the leader was looked at, or `isLate` and one of them told. */
  isReady(isLate: boolean): boolean {
    const entries = [...this.entries.values()].filter((entry) => entry.isConfigured)
    const slots = [
      ...entries.flatMap((entry) => [entry.status, entry.clusterView]),
      ...(this.access.etcd ? [this.keys, this.quorum] : []),
    ]
    if (slots.every(({ isLookedAt }) => isLookedAt)) return true
    return isLate && (this.keys.seen.good !== null || entries.some((entry) => entry.clusterView.seen.good !== null))
  }

  /** Takes over who leads by the latest snapshot; true when it is somebody else than before. */
  noteLeader(name: string | null, now: Date): boolean {
    if (name === this.#leader) return false
    this.#leader = name
    this.leaderChangedAtMs = now.getTime()
    return true
  }

  /** Where a member's Postgres and pooler are looked for: only hosts that a person configured. */
  placeOf(entry: RosterEntry): { host: string; postgresPort: number } | null {
    const listed = this.listed().find((member) => member.name === entry.name)
    const postgresPort = listed?.port ?? 5432
    if (listed?.host != null && this.access.trustedHosts.has(listed.host)) return { host: listed.host, postgresPort }
    const host = entry.isConfigured ? hostOf(entry.url) : null
    return host === null ? null : { host, postgresPort }
  }

  readings(): ClusterReadings {
    const { cluster, etcd, haproxy } = this.access
    return {
      clusterId: cluster.id,
      clusterName: cluster.name,
      members: [...this.entries.values()].map((entry) => ({
        name: entry.name,
        apiUrl: entry.url,
        status: entry.status.seen,
        clusterView: entry.clusterView.seen,
        postgres: entry.postgres?.seen ?? null,
        pooler: entry.pooler?.seen ?? null,
      })),
      etcd:
        etcd === null
          ? null
          : {
              keys: this.keys.seen,
              quorum: this.quorum.seen,
              endpoints: this.etcdEndpoints.map(({ url, status }) => ({ url, status: status.seen })),
            },
      haproxy: haproxy === null ? null : this.haproxy.seen,
      config: this.config.seen,
      history: this.history.seen,
    }
  }

  #knownAt(url: string): MemberSnapshot | undefined {
    return this.#before?.members.find(({ apiUrl }) => apiUrl !== null && hostAndPort(apiUrl) === hostAndPort(url))
  }

  // A learned address that another entry turned out to be, or that nobody has listed for long.
  #isNeedless(entry: RosterEntry, now: Date): boolean {
    if (entry.isConfigured) return false
    if (now.getTime() - entry.listedAt.getTime() > learnedKeptMs) return true
    return [...this.entries.values()].some((other) => other.isConfigured && other.name === entry.name)
  }
}
