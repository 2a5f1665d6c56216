import { agentOf } from '#domain/agent/agent-fault.ts'
import type { BackupChoice } from '#domain/recovery/backup-choice.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import { roomFor } from '#domain/recovery/restore-room.ts'
import type { RestoreCase, RestorePlanning } from './planning.ts'

/** What the way back is made of. Two copies side by side need room that is known to be there; else a replica keeps the old data, where one follows. */
export function wayBackOf(
  { agents }: RestoreCase,
  { node, replicas }: Pick<RestorePlanning, 'node' | 'replicas'>,
  choice: BackupChoice | null,
): Pick<RestorePlanning, 'wayBack' | 'neededBytes' | 'freeBytes'> {
  const neededBytes = roomFor(choice)
  const freeBytes = agentOf(agents, node)?.dataFreeBytes ?? null
  const hasRoom = freeBytes !== null && neededBytes !== null && freeBytes >= neededBytes
  const wayBack = hasRoom || !replicas.some(isFollowing) ? 'aside' : 'replica'
  return { wayBack, neededBytes, freeBytes }
}

/** True where the old data is to be set aside and the disk is known not to hold both. */
export function lacksRoom({ wayBack, neededBytes, freeBytes }: RestorePlanning): boolean {
  return wayBack === 'aside' && neededBytes !== null && freeBytes !== null && freeBytes < neededBytes
}
