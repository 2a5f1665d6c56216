import type { PoolerDatabase, PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { backendRole } from '#domain/snapshot/backend-role.ts'

/** Where the pooler beside a member sends one of its databases. */
export interface PoolerLead {
  database: string
  /** As the pooler has it: a host, or the address of a server connection. */
  address: string
  /** Null = it is no member's: a proxy, a floating address or a name that is not known. */
  to: string | null
  /** It leads to the Postgres beside it, whoever leads: right where clients are sent to the leader's pooler. */
  isOwn: boolean
  /** By its name it is for reads: a replica is where it belongs. */
  isForReads: boolean
}

/** Where a pooler sends each of its databases: by its configuration, and where that names no member, by the connections that are open. */
export function poolerLeadsOf(member: MemberSnapshot, detail: PoolerDetail, snapshot: Snapshot): PoolerLead[] {
  return detail.databases
    .filter(({ isDisabled }) => !isDisabled)
    .flatMap((database) =>
      addressesOf(database, detail, member, snapshot).map((address) => {
        const to = memberNamed(address, database.port, member, snapshot)
        return {
          database: database.name,
          address: address ?? 'its socket',
          to,
          isOwn: to === member.name,
          isForReads: backendRole(database.name) === 'replica',
        }
      }),
    )
}

function addressesOf(
  { name, host, port }: PoolerDatabase,
  { servers }: PoolerDetail,
  member: MemberSnapshot,
  snapshot: Snapshot,
): (string | null)[] {
  if (memberNamed(host, port, member, snapshot) !== null || host === null) return [host]
  // A connection that is closed once it is let go belongs to where the pooler led before.
  const open = servers.filter((server) => server.database === name && !server.closeNeeded && server.address !== '')
  const addresses = [...new Set(open.map(({ address }) => address))]
  return addresses.length > 0 ? addresses : [host]
}

/** Null also where more than one member lives at the address and the port does not tell them apart. */
function memberNamed(host: string | null, port: number, beside: MemberSnapshot, snapshot: Snapshot): string | null {
  if (host === null || isLocal(host)) return beside.port === null || beside.port === port ? beside.name : null
  const there = snapshot.members.filter((member) => member.host === host)
  const [only] = there.length > 1 ? there.filter((member) => member.port === port) : there
  // Another port of a member's machine may be a proxy.
  return only && (only.port === null || only.port === port) ? only.name : null
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === 'unix' || host.startsWith('/') || host.startsWith('127.')
}
