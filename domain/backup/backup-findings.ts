import type { BackupFinding } from './backup-finding.ts'
import { archiveFindings } from './backup-findings/archive.ts'
import { archiverFindings } from './backup-findings/archiver.ts'
import { backupSetFindings } from './backup-findings/backup-sets.ts'
import { ageFindings } from './backup-findings/ages.ts'
import { rehearsedFindings } from './backup-findings/rehearsals.ts'
import { repositoryFindings } from './backup-findings/repositories.ts'
import type { BackupJudgedCase } from './backup-judged-case.ts'

/** Everything worth saying of a cluster's backups and its archive, the worst first. */
export function backupFindings(given: BackupJudgedCase): BackupFinding[] {
  const found = finders.flatMap((find) => find(given))
  return found.toSorted((a, b) => ranks[a.severity] - ranks[b.severity])
}

const finders = [
  repositoryFindings,
  ageFindings,
  archiverFindings,
  archiveFindings,
  backupSetFindings,
  rehearsedFindings,
] as const
const ranks = { critical: 0, warning: 1, info: 2 } as const satisfies Record<BackupFinding['severity'], number>
