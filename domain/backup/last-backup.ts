import type { BackupFinding } from './backup-finding.ts'
import type { BackupView } from './backup-view.ts'

/** What one line says of a cluster's backups. */
export interface LastBackup {
  /** When the newest ended; null = none is known. */
  at: Date | null
  /** How bad it is that there is none, or none newer; null = it is as new as it should be. */
  overdue: Exclude<BackupFinding['severity'], 'info'> | null
}

/** The newest backup of the cluster, and whether what was found of the view says that one is overdue. */
export function lastBackupOf(
  { stanza }: Pick<BackupView, 'stanza'>,
  findings: readonly Pick<BackupFinding, 'kind' | 'severity'>[],
): LastBackup {
  const ends = (stanza?.backups ?? []).filter(({ isOfThisCluster }) => isOfThisCluster).map((each) => each.stoppedAt)
  const severities = new Set(findings.filter(({ kind }) => overdueKinds.has(kind)).map(({ severity }) => severity))
  return {
    at: ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1) ?? null,
    overdue: (['critical', 'warning'] as const).find((severity) => severities.has(severity)) ?? null,
  }
}

const overdueKinds: ReadonlySet<BackupFinding['kind']> = new Set([
  'no-backup',
  'full-overdue',
  'backup-old',
  'run-missed',
])
