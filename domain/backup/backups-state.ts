import { isRepositoryReadable } from './backup-repository.ts'
import type { BackupView } from './backup-view.ts'
import { judgeBackups } from './judge-backups.ts'
import { otherDatabases } from './other-cluster.ts'

/** What there is to judge, and whether it is as it should be. */
export interface BackupsSeen {
  view: BackupView | null
  takenAt: Date | null
  problem: string | null
  /** Agents that may be asked. */
  agents: number
}

/**
 * `no-agent`: nobody can be asked and nothing is known. `unseen`: nothing has been seen yet. `stale`: what is known is older than
 * three looks, or nobody can be asked any more. `no-backup`: every repository is this cluster's and could be read, and none holds one.
 */
export type BackupsState = 'no-agent' | 'unseen' | 'no-stanza' | 'no-backup' | 'stale' | 'seen'

/** How a cluster's backups stand with the console. */
export function backupsState({ view, takenAt, agents }: BackupsSeen, now: Date): BackupsState {
  if (view === null || takenAt === null) return agents === 0 ? 'no-agent' : 'unseen'
  if (agents === 0 || now.getTime() - takenAt.getTime() > staleMs) return 'stale'
  if (view.stanza === null) return 'no-stanza'
  const { backups, repositories } = view.stanza
  const isTold =
    repositories.every(isRepositoryReadable) && otherDatabases(view.stanza, view.systemIdentifier).length === 0
  return backups.length === 0 && isTold ? 'no-backup' : 'seen'
}

/** The sentence that a page about backups begins with. */
export function backupsSentence(seen: BackupsSeen, now: Date): string {
  const { view, agents, problem } = seen
  if (view !== null) return judgeBackups(view, now).sentence
  if (agents === 0) return 'Nobody can be asked about backups: no node of this cluster has an agent.'
  return problem === null
    ? 'The backups of this cluster have not been looked at yet.'
    : `The backups of this cluster cannot be seen: ${problem}`
}

const staleMs = 180_000
