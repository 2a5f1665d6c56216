import { isRunning } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** Whom Patroni may copy a replica from: any running member tagged clonefrom, else the leader (dcs get_clone_member). */
export function sourcesOf({ members, leader }: Snapshot, member: string): string[] {
  const offered = members.filter(
    (each) => each.isListed && each.name !== member && each.name !== leader?.name && isOffered(each) && isRunning(each),
  )
  if (offered.length > 0) return offered.map(({ name }) => name)
  return leader === null ? [] : [leader.name]
}

function isOffered({ tags }: MemberSnapshot): boolean {
  return String(tags['clonefrom'] ?? false) === 'true'
}
