import { isBackupResult, type OperationResult as Result } from '#domain/operation.ts'
import { BackupResultCard } from './backup-result.tsx'
import { SwitchoverResultCard } from './switchover-result.tsx'

/** What was measured and verified after the act. */
export function OperationResult({ result, className }: { result: Result; className: string }) {
  return isBackupResult(result) ? (
    <BackupResultCard result={result} className={className} />
  ) : (
    <SwitchoverResultCard result={result} className={className} />
  )
}
