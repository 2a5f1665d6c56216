import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { repositoryProblem, type BackupRepository } from '#domain/backup/backup-repository.ts'
import { otherClusterSentence, otherDatabases } from '#domain/backup/other-cluster.ts'

/** Repositories that cannot be used, that differ, or that keep too little. */
export function repositoryFindings(given: BackupJudgedCase): BackupFinding[] {
  const { stanza } = given
  // Without a single backup that is said once, of the cluster.
  const told = stanza.repositories.filter(({ statusCode }) => statusCode !== 2 || stanza.backups.length > 0)
  return [...told.flatMap(problemOf), ...otherCluster(given), ...ofStanza(given), ...retention(given)]
}

function problemOf(repository: BackupRepository): BackupFinding[] {
  const problem = repositoryProblem(repository)
  if (problem === null) return []
  const severity = repository.statusCode === 2 ? 'warning' : 'critical'
  return [{ kind: 'repository-problem', severity, repository: repository.key, backup: null, ...problem }]
}

/** pgBackRest tells `different across repos` as 4 and a mismatch as 5 of the stanza, whatever each repository says (info.c). */
function ofStanza({ stanza }: BackupJudgedCase): BackupFinding[] {
  const { statusCode, repositories } = stanza
  if (statusCode === 5 && !repositories.some((repository) => repository.statusCode === 5)) {
    return [
      {
        kind: 'repositories-differ',
        severity: 'critical',
        repository: null,
        backup: null,
        sentence: 'The repositories hold backups of different databases under the same stanza.',
        advice: 'Compare the system identifiers with that of the cluster before anything is restored.',
      },
    ]
  }
  if (statusCode !== 4) return []
  return [
    {
      kind: 'repositories-differ',
      severity: 'warning',
      repository: null,
      backup: null,
      sentence: 'The repositories of the stanza are not all in the same state.',
      advice: 'Look at each of them: WAL goes to all, but each backup goes to one only.',
    },
  ]
}

function otherCluster({ stanza, systemIdentifier }: BackupJudgedCase): BackupFinding[] {
  if (systemIdentifier === null) return []
  return otherDatabases(stanza, systemIdentifier).map((database) => ({
    kind: 'other-cluster',
    severity: 'critical',
    repository: database.repository,
    backup: null,
    sentence: otherClusterSentence(database, systemIdentifier),
    advice:
      'After pg_upgrade run stanza-upgrade; otherwise give this cluster a stanza of its own. Restore nothing from it here.',
  }))
}

/** With a count of one, the old backup goes as soon as the new one is made: nothing is left if that one turns out bad. */
function retention({ retentionFull }: BackupJudgedCase): BackupFinding[] {
  return retentionFull
    .filter(({ backups }) => backups === 1)
    .map(({ repository }) => ({
      kind: 'retention-of-one',
      severity: 'warning',
      repository,
      backup: null,
      sentence: `Repository ${repository} keeps one full backup: each new one removes the last, and all WAL before it.`,
      advice: 'Keep at least two (repo-retention-full), so that one bad backup does not take away every way back.',
    }))
}
