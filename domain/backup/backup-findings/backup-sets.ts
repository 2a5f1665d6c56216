import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { backupName, missingReferences } from '#domain/backup/backup.ts'
import { capital, listNames } from '#domain/words.ts'

/** Backups that are listed but would not restore well: with page errors, or without what they build on. */
export function backupSetFindings({ stanza }: BackupJudgedCase): BackupFinding[] {
  return stanza.backups.flatMap((backup) => {
    const { label, repository, hasPageErrors } = backup
    const findings: BackupFinding[] = []
    const gone = missingReferences(backup, stanza.backups)
    if (gone.length > 0) {
      findings.push({
        kind: 'reference-gone',
        severity: 'warning',
        repository,
        backup: label,
        sentence: `${capital(backupName(backup))} cannot be restored: it builds on ${listNames(gone)}, which ${gone.length === 1 ? 'is' : 'are'} gone.`,
        advice: 'Take a full backup, and find out what removed the other: expire removes both together.',
      })
    }
    if (hasPageErrors === true) {
      findings.push({
        kind: 'page-errors',
        severity: 'critical',
        repository,
        backup: label,
        sentence: `Pages failed their checksum while ${backupName(backup)} was taken: the database itself is damaged.`,
        advice: `See which files with pgbackrest info --set=${label}, check the disk, and keep the older backups from expiring.`,
      })
    }
    return findings
  })
}
