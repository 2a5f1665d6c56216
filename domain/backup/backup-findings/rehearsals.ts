import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { rehearsalFindings } from '#domain/rehearsal/rehearsal-findings.ts'

/** What rehearsals say of the backups; nothing where rehearsals are not known, or where there is nothing yet to rehearse with. */
export function rehearsedFindings(given: BackupJudgedCase): BackupFinding[] {
  const { rehearsals, rehearsalsScheduled, stanza, now } = given
  if (rehearsals == null || !stanza.backups.some(({ isOfThisCluster }) => isOfThisCluster)) return []
  return rehearsalFindings(rehearsals, now, rehearsalsScheduled)
}
