import type { HaproxyBackend } from './readings.ts'
import type { Snapshot } from './snapshot.ts'

/** Where HAProxy sends writes: members by name, servers that fit no member by their own. */
export interface WriteRoute {
  backend: string
  targets: string[]
}

/** The route of writes through HAProxy; null where there is no HAProxy, or no backend whose name says that it takes writes. */
export function writeRouteOf(snapshot: Snapshot): WriteRoute | null {
  const backend = snapshot.haproxy?.backends.find(({ name }) => takesWrites.test(name) && !takesReads.test(name))
  if (!backend) return null
  const targets = backend.servers.filter(({ isUp }) => isUp).map((server) => memberAt(server, snapshot) ?? server.name)
  return { backend: backend.name, targets: targets.toSorted() }
}

const takesWrites = /primary|master|leader|write|(?:^|[^a-z])rw(?:$|[^a-z])/i
const takesReads = /replica|read(?!-?write)|standby|secondar|(?:^|[^a-z])ro(?:$|[^a-z])/i

function memberAt(server: HaproxyBackend['servers'][number], snapshot: Snapshot): string | null {
  const byName = snapshot.members.find(({ name }) => name === server.name)
  if (byName) return byName.name
  const host = server.address?.replace(/:\d+$/, '') ?? null
  return snapshot.members.find((member) => member.host !== null && member.host === host)?.name ?? null
}
