import {
  isBackupResult,
  rehearsalResultOf,
  repositoryResultOf,
  restoreResultOf,
  switchoverResultOf,
  type Operation,
  type OperationResult as Result,
} from '#domain/operation/operation.ts'
import { BackupResultCard } from './backup-result.tsx'
import { RehearsalReport } from './rehearsal-report.tsx'
import { RepositoryResultCard } from './repository-result-card.tsx'
import { RestoreProof } from './restore-proof.tsx'
import { SwitchoverResultCard } from './switchover-result.tsx'

/** What was measured and verified after the act, where that is a few facts beside the steps. */
export function OperationResult({ result, className }: { result: Result; className: string }) {
  if (isBackupResult(result)) return <BackupResultCard result={result} className={className} />
  const repository = repositoryResultOf(result)
  if (repository) return <RepositoryResultCard result={repository} className={className} />
  const switchover = switchoverResultOf(result)
  return switchover ? <SwitchoverResultCard result={switchover} className={className} /> : null
}

/** The proof or the report that an operation leaves, above its steps; nothing where it leaves none. */
export function OperationProof({ operation }: { operation: Operation }) {
  const { result } = operation
  const restore = restoreResultOf(result)
  if (restore) return <RestoreProof operation={operation} result={restore} />
  const rehearsal = rehearsalResultOf(result)
  return rehearsal ? <RehearsalReport operation={operation} result={rehearsal} /> : null
}
