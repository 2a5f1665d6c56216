import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { OperationAccess } from './operation-access.ts'

/** Where requests for a member's Patroni are sent; null where no person configured that address. */
export function configuredAddress(cluster: OperationAccess, snapshot: Snapshot, member: string): string | null {
  const origin = addressToLookAt(snapshot, member)
  return origin !== null && cluster.trustedOrigins.includes(origin) ? origin : null
}

/** Where a member's Patroni can be looked at, whoever told the address: a look carries no password. */
export function addressToLookAt(snapshot: Snapshot, member: string): string | null {
  const url = snapshot.members.find((each) => each.name === member)?.apiUrl ?? null
  return url !== null && URL.canParse(url) ? new URL(url).origin : null
}

/** The sentence for a member that requests cannot be sent to. */
export function notConfigured(member: string): string {
  return `The address of ${member}'s Patroni is not among those configured for this cluster, so the console sends it no request. Add it in the settings.`
}
