/** Whom a question goes to, as sentences name it. */
export interface Target {
  /** The one who is asked, e.g. `pg-node-2` or `etcd`. */
  who: string
  /** What should answer there, e.g. `Patroni`. */
  system: string
  /** `host:port`. */
  address: string
}

/** `host:port` of a URL, with the scheme's port written out. */
export function addressOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`
}

/** Port of a URL, the scheme's own where none is written. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

/** "pg-node-2 ... on 10.0.1.11:8008", or only the address where the name says no more than it. */
export function place(target: Target): string {
  return target.who === target.address ? `on ${target.address}` : `on ${target.address} (${target.who})`
}
