import { agentOf } from '#domain/agent/agent-fault.ts'
import type { CopyRoom } from '#domain/recovery/copy-room.ts'
import { roomOf } from '#domain/recovery/restore-room.ts'
import type { RestorePlanning } from './planning.ts'

/**
 * The nodes that get a new copy besides the one whose old data is set aside for it, which has to have room to be chosen for that. Where the way back
 * is a replica's data each node gives its own up, and needs no more than what it lacks then.
 */
export function copiesOf({ node, replicas, agents, backups, wayBack }: RestorePlanning): CopyRoom[] {
  const names = replicas.map(({ name }) => name)
  const givenUpBytes = wayBack === 'aside' ? null : presentBytes(backups)
  return (wayBack === 'aside' ? names : [node, ...names]).map((name) => {
    const agent = agentOf(agents, name)
    const keepsOlder = (agent?.keptAside ?? []).length > 0
    return { node: name, freeBytes: agent?.dataFreeBytes ?? null, givenUpBytes, keepsOlder }
  })
}

/** About how much each member's data takes now: as much as the newest backup of it, and what it has grown by since; 0 where there is none. */
function presentBytes(backups: RestorePlanning['backups']): number {
  const own = (backups?.stanza?.backups ?? []).filter(({ isOfThisCluster }) => isOfThisCluster)
  const newest = own.toSorted((one, other) => one.stoppedAt.getTime() - other.stoppedAt.getTime()).at(-1)
  return newest === undefined ? 0 : roomOf(newest)
}
