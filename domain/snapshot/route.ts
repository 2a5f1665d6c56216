import { hostAndPort, isAddressOf } from './address.ts'
import { backendRole } from './backend-role.ts'
import type { HaproxyBackend } from './readings.ts'
import type { MemberSnapshot, Snapshot } from './snapshot.ts'

/** Where HAProxy sends writes: members by name, servers that fit no member by their own. */
export interface WriteRoute {
  backend: string
  targets: string[]
  /** False where a target fits no member: then it may well be the leader under another name. */
  isKnown: boolean
}

/**
 * The route of writes through HAProxy; null where there is no HAProxy, or no backend that takes writes and has a member of this
 * cluster among its servers: one HAProxy may serve many clusters.
 */
export function writeRouteOf(snapshot: Snapshot): WriteRoute | null {
  const [best] = (snapshot.haproxy?.backends ?? [])
    .filter(({ name }) => backendRole(name) === 'primary')
    .map(({ name, servers }) => ({
      name,
      servers: servers.map((server) => ({ ...server, ...memberAt(server, snapshot) })),
    }))
    .filter(({ servers }) => servers.some(({ member }) => member !== null))
    .toSorted((a, b) => fitOf(b.servers) - fitOf(a.servers))
  if (!best) return null
  const up = best.servers.filter(({ isUp }) => isUp)
  return {
    backend: best.name,
    targets: up.map(({ name, member }) => member ?? name).toSorted(),
    isKnown: up.every(({ member }) => member !== null),
  }
}

/** How many servers HAProxy has up for reads; null where it has no backend for reads with a member of this cluster among its servers. */
export function readServersUp(snapshot: Snapshot): number | null {
  const backends = (snapshot.haproxy?.backends ?? []).filter(
    ({ name, servers }) =>
      backendRole(name) === 'replica' && servers.some((server) => memberAt(server, snapshot).member !== null),
  )
  if (backends.length === 0) return null
  return Math.max(...backends.map(({ servers }) => servers.filter(({ isUp }) => isUp).length))
}

type Server = HaproxyBackend['servers'][number]

interface Match {
  member: string | null
  isByAddress: boolean
}

/** Another cluster's servers may bear the same names, so addresses count before all names together. */
function fitOf(servers: readonly Match[]): number {
  const found = servers.filter(({ member }) => member !== null)
  return found.filter(({ isByAddress }) => isByAddress).length * 1000 + found.length
}

/** The member that a server of HAProxy is: by its address, else by its name; where several members live at one address, the port must tell them apart. */
export function memberAt(server: Pick<Server, 'name' | 'address'>, snapshot: Snapshot): Match {
  const [host, port] = placeOf(server)
  const there = snapshot.members.filter((member) => host !== null && livesAt(member, host))
  const fitting = there.length > 1 ? there.filter((member) => listensOn(member, port)) : there
  const [only] = fitting
  if (only && fitting.length === 1) return { member: only.name, isByAddress: true }
  const named = snapshot.members.find(({ name }) => name === server.name)
  const isPossible = named !== undefined && (there.length === 0 || there.includes(named))
  return { member: isPossible ? named.name : null, isByAddress: false }
}

function placeOf({ address }: Pick<Server, 'address'>): [host: string | null, port: number | null] {
  const [, host = null, port = null] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address ?? '') ?? []
  return [host || null, port === null ? null : Number(port)]
}

/** What has no name of its own yet is not told as a target. */
function livesAt({ name, host, apiUrl }: MemberSnapshot, address: string): boolean {
  if (host === address) return true
  return apiUrl !== null && !isAddressOf(name, apiUrl) && hostAndPort(apiUrl).replace(/:\d+$/, '') === address
}

function listensOn({ port, pooler }: MemberSnapshot, asked: number | null): boolean {
  return asked !== null && (port === asked || pooler?.port === asked)
}
