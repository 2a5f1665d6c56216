import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step of a backup is given. */
export type BackupContext = StepContext<BackupPlan>
