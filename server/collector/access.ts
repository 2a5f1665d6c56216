import type { ClusterConfig, ClusterSecretName } from '#domain/cluster.ts'
import { baseUrl, hostOf, pageUrl } from '#server/adapters/base-url.ts'
import { createEtcdClient, type EtcdClient } from '#server/adapters/etcd/client.ts'
import type { HaproxyAccess } from '#server/adapters/haproxy/client.ts'
import { createPatroniClient, type PatroniClient } from '#server/adapters/patroni/client.ts'
import type { PostgresAccess } from '#server/adapters/postgres/client.ts'

export type ClusterSecrets = Partial<Record<ClusterSecretName, string>>

/** Clients for one cluster with its secrets in them: never leaves the worker. */
export interface ClusterAccess {
  cluster: ClusterConfig
  patroni: PatroniClient
  /** Null where no etcd is configured. */
  etcd: EtcdClient | null
  haproxy: HaproxyAccess | null
  /** Base addresses a person configured. */
  patroniUrls: string[]
  /** Hosts that may be sent credentials. */
  trustedHosts: ReadonlySet<string>
  /** How to reach a Postgres; null without a user, or on a host that nobody configured. */
  postgresAt(place: { host: string; port: number; who: string }): PostgresAccess | null
  /** Names of members by base address, filled in as they become known; sentences use them. */
  names: Map<string, string>
}

/** Makes the clients of one cluster; opens no connection. */
export function createAccess(cluster: ClusterConfig, secrets: ClusterSecrets): ClusterAccess {
  const { endpoints } = cluster
  const { caPem } = endpoints
  const names = new Map<string, string>()
  const patroniUrls = endpoints.patroniUrls.flatMap((url) => baseUrl(url, 8008) ?? [])
  const etcdUrls = endpoints.etcdUrls.flatMap((url) => baseUrl(url, 2379) ?? [])
  const haproxyUrl = endpoints.haproxyUrl === null ? null : pageUrl(endpoints.haproxyUrl)
  const trustedHosts = new Set(patroniUrls.flatMap((url) => hostOf(url) ?? []))
  return {
    cluster,
    names,
    patroniUrls,
    trustedHosts,
    patroni: createPatroniClient({
      user: endpoints.patroniUser,
      password: secrets['patroni-password'] ?? null,
      caPem,
      trustedOrigins: patroniUrls,
      nameOf: (url) => names.get(url) ?? null,
    }),
    etcd:
      etcdUrls.length === 0
        ? null
        : createEtcdClient({
            urls: etcdUrls,
            user: endpoints.etcdUser,
            password: secrets['etcd-password'] ?? null,
            caPem,
          }),
    haproxy:
      haproxyUrl === null
        ? null
        : {
            url: haproxyUrl,
            user: endpoints.haproxyUser,
            password: secrets['haproxy-password'] ?? null,
            caPem,
          },
    postgresAt({ host, port, who }) {
      const user = endpoints.postgresUser
      if (user === null || !trustedHosts.has(host)) return null
      return {
        host,
        port,
        who,
        user,
        password: secrets['postgres-password'] ?? null,
        database: endpoints.postgresDatabase,
      }
    },
  }
}
