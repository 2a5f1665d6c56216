import type { BackupChoice } from '#domain/recovery/backup-choice.ts'
import type { RestoreCase } from '#domain/plan/plan-restore/planning.ts'
import type { RehearsalWish } from '#domain/plan/rehearsal-plan.ts'

/** What a plan to rehearse a recovery is made of. */
export interface RehearsalCase extends Omit<RestoreCase, 'wish' | 'runningBackup'> {
  wish: RehearsalWish
}

/** What its parts are made from. */
export interface RehearsalPlanning extends RehearsalCase {
  /** Empty where there is none. */
  node: string
  nodeReason: string
  choice: BackupChoice | null
  /** True where the leader is asked to archive what it has not yet, before; else only what is archived counts. */
  archivesFirst: boolean
  /** Why the leader cannot be asked to, where that would help; null else. */
  archiveFault: string | null
  repository: number
  neededBytes: number | null
  freeBytes: number | null
}
