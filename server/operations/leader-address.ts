import type { Snapshot } from '#domain/snapshot.ts'
import type { OperationAccess } from './operation-access.ts'

/** Where the console reaches a member's Patroni; null where no person configured that address. */
export function configuredAddress(cluster: OperationAccess, snapshot: Snapshot, member: string): string | null {
  const url = snapshot.members.find((each) => each.name === member)?.apiUrl ?? null
  if (url === null || !URL.canParse(url)) return null
  const { origin } = new URL(url)
  return cluster.trustedOrigins.includes(origin) ? origin : null
}

/** The sentence for a member that requests cannot be sent to. */
export function notConfigured(member: string): string {
  return `The address of ${member}'s Patroni is not among those configured for this cluster, so the console sends it no request. Add it in the settings.`
}
