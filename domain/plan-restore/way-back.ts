import { agentOf } from '../agent-fault.ts'
import type { BackupChoice } from '../backup-choice.ts'
import { isFollowing } from '../following.ts'
import type { RestoreCase, RestorePlanning } from './planning.ts'

/** Room that the restored data and the WAL it replays may take beyond the size of the backup. */
const roomFactor = 1.1

/** What the way back is made of. Two copies side by side need room that is known to be there; else a replica keeps the old data, where one follows. */
export function wayBackOf(
  { agents }: RestoreCase,
  { node, replicas }: Pick<RestorePlanning, 'node' | 'replicas'>,
  choice: BackupChoice | null,
): Pick<RestorePlanning, 'wayBack' | 'neededBytes' | 'freeBytes'> {
  const neededBytes = choice?.kind === 'chosen' ? Math.ceil(choice.backup.sizeBytes * roomFactor) : null
  const freeBytes = agentOf(agents, node)?.dataFreeBytes ?? null
  const hasRoom = freeBytes !== null && neededBytes !== null && freeBytes >= neededBytes
  const wayBack = hasRoom || !replicas.some(isFollowing) ? 'aside' : 'replica'
  return { wayBack, neededBytes, freeBytes }
}

/** True where the old data is to be set aside and the disk is known not to hold both. */
export function lacksRoom({ wayBack, neededBytes, freeBytes }: RestorePlanning): boolean {
  return wayBack === 'aside' && neededBytes !== null && freeBytes !== null && freeBytes < neededBytes
}
