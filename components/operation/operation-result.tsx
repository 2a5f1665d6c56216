import { isBackupResult, switchoverResultOf, type OperationResult as Result } from '#domain/operation.ts'
import { BackupResultCard } from './backup-result.tsx'
import { SwitchoverResultCard } from './switchover-result.tsx'

/** What was measured and verified after the act. */
export function OperationResult({ result, className }: { result: Result; className: string }) {
  if (isBackupResult(result)) return <BackupResultCard result={result} className={className} />
  const switchover = switchoverResultOf(result)
  return switchover ? <SwitchoverResultCard result={switchover} className={className} /> : null
}
