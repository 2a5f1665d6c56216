import type { BackupType } from '#domain/backup/backup.ts'
import type { BackupPlanning } from './planning.ts'

/** What will happen, in the order in which it happens; empty where there is no node to run on. */
export function backupSentences({ snapshot, wish, node, stanza }: BackupPlanning): string[] {
  const leader = snapshot.leader?.name ?? null
  if (leader === null || node === '') return []
  const { type, repository, fromStandby, startFast } = wish
  const checkpoint = startFast
    ? `${leader} writes a checkpoint at once, which its disks notice for a moment.`
    : `${leader} writes its next checkpoint in its usual time; that takes up to some minutes, and copying begins after it.`
  return [
    `The agent on ${node} runs pgBackRest for the stanza ${stanza}. Clients can go on reading and writing.`,
    checkpoint,
    `${copied[type]} ${fromStandby ? `from ${node}` : `from ${leader}`} into repository ${repository}.`,
    'pgBackRest then waits until the WAL that the backup needs is archived, and removes what its retention no longer keeps.',
    'Matriarch then checks that the repository lists the new backup.',
  ]
}

const copied = {
  full: 'pgBackRest copies the whole data',
  diff: 'pgBackRest copies what has changed since the last full backup, or all of it where there is none,',
  incr: 'pgBackRest copies what has changed since the last backup of any type, or all of it where there is none,',
} as const satisfies Record<BackupType, string>
