import { fromBase64, toBase64 } from './wire.ts'

/** One key below the prefix of a scope; `name` without the prefix. */
export interface EtcdKey {
  name: string
  value: string
  modRevision: string
}

/** All keys of a scope at one revision. */
export interface KeyTable {
  keys: Map<string, EtcdKey>
  revision: string
}

/** A put (`value`) or a delete (null) of one key. */
export interface KeyChange {
  name: string
  key: EtcdKey | null
}

/** The keys after changes that a watch told at `revision`. */
export function applyChanges(table: KeyTable, changes: KeyChange[], revision: string): KeyTable {
  const keys = new Map(table.keys)
  for (const { name, key } of changes) {
    if (key === null) keys.delete(name)
    else keys.set(name, key)
  }
  return { keys, revision: later(table.revision, revision) }
}

/** The greater of two decimal strings. */
export function later(a: string, b: string): string {
  return BigInt(a) >= BigInt(b) ? a : b
}

/** `/service` and `postgres-cluster` make `/service/postgres-cluster/`, as Patroni does. */
export function prefixOf(namespace: string, scope: string): string {
  return `/${namespace.replace(/^\/+|\/+$/g, '')}/${scope}/`
}

/** Bounds of a range over all keys with the prefix, in base64. */
export function prefixRange(prefix: string): { key: string; range_end: string } {
  const end = Buffer.from(prefix, 'utf8')
  end[end.length - 1] = (end.at(-1) ?? 0) + 1
  return { key: toBase64(prefix), range_end: end.toString('base64') }
}

/** A key of a reply, or null where it is not below the prefix. */
export function toKey(
  raw: { key: string; value?: string | undefined; mod_revision?: string | undefined },
  prefix: string,
): EtcdKey | null {
  const full = fromBase64(raw.key)
  if (!full.startsWith(prefix)) return null
  return { name: full.slice(prefix.length), value: fromBase64(raw.value ?? ''), modRevision: raw.mod_revision ?? '0' }
}
