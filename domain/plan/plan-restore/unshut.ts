import { listNames } from '#domain/words.ts'
import type { RestorePlanning } from './planning.ts'

/** Nodes of the recovery on which no pgBouncer was seen: nothing shuts clients out there while Postgres runs. */
export function unshut({
  snapshot,
  replicas,
  node,
}: Pick<RestorePlanning, 'snapshot' | 'replicas' | 'node'>): string[] {
  const involved = new Set([node, ...replicas.map(({ name }) => name)])
  return snapshot.members.filter(({ name, pooler }) => involved.has(name) && pooler === null).map(({ name }) => name)
}

/** Why clients cannot be kept out until the end where such nodes are among them. */
export function unshutFault(nodes: readonly string[]): string {
  return `Clients are to come back only when replicas and a new backup stand, and no pgBouncer was seen on ${listNames(nodes)}: who connects to Postgres there, directly or through HAProxy, would come in as soon as it takes writes. Let clients back as soon as it takes writes, or have all of them come through a pgBouncer beside it that agent.toml names.`
}
