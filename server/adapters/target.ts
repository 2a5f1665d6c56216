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

/** "on 10.0.1.11:8008 (pg-node-2)", without the name where it says no more than the system does. */
export function place({ who, system, address }: Target): string {
  return who === address || who === system ? `on ${address}` : `on ${address} (${who})`
}
