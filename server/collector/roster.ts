import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { PatroniClusterView, PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { PoolerStatus, PostgresStatus } from '#domain/snapshot/readings.ts'
import { hostOf } from '#server/adapters/base-url.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { materialPostgres, materialStatus, materialView } from './material.ts'
import { Slot } from './slot.ts'

/** One REST address that is looked at, and what the looks brought. */
export interface RosterEntry {
  url: string
  /** A person wrote this address; otherwise the cluster itself told it. */
  isConfigured: boolean
  /** The member's name, or `host:port` until it is known. */
  name: string
  /** Addresses the host of the URL resolves to, for matching with what the cluster calls it. */
  addresses: ReadonlySet<string>
  listedAt: Date
  status: Slot<PatroniStatus>
  clusterView: Slot<PatroniClusterView>
  postgres: Slot<PostgresStatus> | null
  pooler: Slot<PoolerStatus> | null
}

/** A member as etcd or another member lists it. */
export interface Listed {
  name: string
  apiUrl: string | null
  host: string | null
  port: number | null
}

/** A new line of the roster, not looked at yet; `before` = the member behind that address in the snapshot before. */
export function newEntry(url: string, isConfigured: boolean, now: Date, before?: MemberSnapshot): RosterEntry {
  return {
    url,
    isConfigured,
    name: before?.name ?? new URL(url).host,
    addresses: new Set([hostOf(url) ?? '']),
    listedAt: now,
    status: new Slot(materialStatus, before?.problem),
    clusterView: new Slot(materialView),
    postgres: before?.postgresProblem ? new Slot(materialPostgres, before.postgresProblem) : null,
    pooler: before?.pooler ? new Slot((pooler) => pooler, before.pooler.problem) : null,
  }
}

/** The name behind an address: its own word, else the listed member that lives there, else what it was called so far. */
export function nameFor(entry: RosterEntry, listed: readonly Listed[]): string {
  const told = entry.status.seen.good?.value.name
  if (told) return told
  const { port } = new URL(entry.url)
  const found =
    listed.find((member) => member.apiUrl === entry.url) ??
    listed.find(({ apiUrl, host }) => {
      if (apiUrl === null) return host !== null && entry.addresses.has(host)
      return entry.addresses.has(hostOf(apiUrl) ?? '') && new URL(apiUrl).port === port
    })
  return found?.name ?? entry.name
}

/** All addresses of the host in a URL, the host itself among them; never throws. */
export async function addressesOf(url: string): Promise<ReadonlySet<string>> {
  const host = hostOf(url) ?? ''
  if (isIP(host) !== 0) return new Set([host])
  try {
    const found = await lookup(host, { all: true })
    return new Set([host, ...found.map(({ address }) => address)])
  } catch {
    return new Set([host])
  }
}
