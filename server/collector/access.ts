import type { BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterConfig, ClusterSecretName } from '#domain/fleet/cluster.ts'
import type { Bar } from '#server/adapters/barred.ts'
import { baseUrl, hostOf, pageUrl } from '#server/adapters/base-url.ts'
import { createEtcdClient, type EtcdClient } from '#server/adapters/etcd/client.ts'
import type { EtcdAccess } from '#server/adapters/etcd/session.ts'
import type { HaproxyAccess } from '#server/adapters/haproxy/client.ts'
import { createPatroniClient, type PatroniClient } from '#server/adapters/patroni/client.ts'
import type { PostgresAccess } from '#server/adapters/postgres/client.ts'

/** Clients for one cluster with its secrets in them: never leaves the worker. */
export interface ClusterAccess {
  cluster: ClusterConfig
  patroni: PatroniClient
  /** Null where no etcd is configured. */
  etcd: EtcdClient | null
  /** The same, for whoever asks its endpoints one by one. */
  etcdAccess: EtcdAccess | null
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

/**
 * Makes the clients of one cluster; opens no connection. Where the cluster is looked for is what the web tier wrote: each
 * password goes only to the places that were sealed with it.
 */
export function createAccess(cluster: ClusterConfig, secrets: BoundSecrets): ClusterAccess {
  const { endpoints } = cluster
  const { caPem } = endpoints
  const names = new Map<string, string>()
  const patroniUrls = endpoints.patroniUrls.flatMap((url) => baseUrl(url, 8008) ?? [])
  const etcdUrls = endpoints.etcdUrls.flatMap((url) => baseUrl(url, 2379) ?? [])
  const haproxyUrl = endpoints.haproxyUrl === null ? null : pageUrl(endpoints.haproxyUrl)
  const secretOf = (name: ClusterSecretName, system: string): { password: string | null; bar: Bar } => {
    const secret = secrets[name]
    return {
      password: secret?.value ?? null,
      bar: (place) => (secret && !secret.places.includes(place) ? givenForOthers(system, place) : null),
    }
  }
  const etcdAccess: EtcdAccess | null =
    etcdUrls.length === 0
      ? null
      : { urls: etcdUrls, user: endpoints.etcdUser, ...secretOf('etcd-password', 'etcd'), caPem }
  const trustedHosts = new Set(patroniUrls.flatMap((url) => hostOf(url) ?? []))
  return {
    cluster,
    names,
    patroniUrls,
    trustedHosts,
    patroni: createPatroniClient({
      user: endpoints.patroniUser,
      ...secretOf('patroni-password', 'Patroni'),
      caPem,
      trustedOrigins: patroniUrls,
      nameOf: (url) => names.get(url) ?? null,
    }),
    etcd: etcdAccess && createEtcdClient(etcdAccess),
    etcdAccess,
    haproxy:
      haproxyUrl === null
        ? null
        : {
            url: haproxyUrl,
            user: endpoints.haproxyUser,
            ...secretOf('haproxy-password', 'HAProxy'),
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
        ...secretOf('postgres-password', 'Postgres'),
        database: endpoints.postgresDatabase,
      }
    },
  }
}

/** The sentence for a password that is not sent to a place, because it was typed for others. */
export function givenForOthers(system: string, place: string): string {
  return `The password for ${system} was given for other hosts than ${place}, so it is not sent there: type it again in the settings.`
}
