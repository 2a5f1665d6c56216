import type { ClusterEndpoints, ClusterSecretName } from './fleet/cluster.ts'

/** A secret with the places that whoever typed it meant it for: it is sent nowhere else. */
export interface BoundSecret {
  value: string
  places: string[]
}

export type BoundSecrets = Partial<Record<ClusterSecretName, BoundSecret>>

export const secretNames = [
  'patroni-password',
  'etcd-password',
  'haproxy-password',
  'postgres-password',
] as const satisfies readonly ClusterSecretName[]

type Places = Pick<ClusterEndpoints, 'patroniUrls' | 'etcdUrls' | 'haproxyUrl'>

/** Where a secret is sent: scheme, host and port of each address, or for Postgres, whose port the cluster tells, the host. */
export function secretPlaces(name: ClusterSecretName, { patroniUrls, etcdUrls, haproxyUrl }: Places): string[] {
  switch (name) {
    case 'patroni-password':
      return patroniUrls.map(originOf)
    case 'etcd-password':
      return etcdUrls.map(originOf)
    case 'haproxy-password':
      return haproxyUrl === null ? [] : [originOf(haproxyUrl)]
    case 'postgres-password':
      return patroniUrls.map(hostOf)
  }
}

/** Binds newly typed secrets to the places of these endpoints; an empty text is none. */
export function bindSecrets(typed: Partial<Record<ClusterSecretName, string>>, endpoints: Places): BoundSecrets {
  const bound: BoundSecrets = {}
  for (const name of secretNames) {
    const value = typed[name]
    if (value) bound[name] = { value, places: secretPlaces(name, endpoints) }
  }
  return bound
}

/** Places that a secret would be sent to and was not typed for. */
export function strangePlaces(name: ClusterSecretName, secret: BoundSecret, endpoints: Places): string[] {
  return secretPlaces(name, endpoints).filter((place) => !secret.places.includes(place))
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : url
}
