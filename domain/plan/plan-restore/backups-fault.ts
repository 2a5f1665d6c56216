import type { BackupChoice, RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { repositoryProblem } from '#domain/backup/backup-repository.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { otherClusterSentence, otherDatabases } from '#domain/backup/other-cluster.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { targetFault } from '#domain/recovery/target-fault.ts'

/** Why the backups do not yield what is asked for; empty where they do. `repository` is the one that would be read. */
export function backupsFault(given: {
  snapshot: Snapshot
  backups: BackupView | null
  target: RecoveryTarget
  choice: BackupChoice | null
  repository: number
}): string[] {
  const { snapshot, backups, target, choice, repository } = given
  const fault = targetFault(target)
  if (fault !== null) return [fault]
  if (backups === null) {
    return ['The backups of this cluster have not been read yet. That needs an agent on a node that has pgBackRest.']
  }
  const { stanza, stanzaName } = backups
  if (stanza === null) return [`pgBackRest on ${backups.node} knows no stanza ${stanzaName}, so there are no backups.`]
  if (!stanzaForm.test(stanzaName)) return [`${stanzaName} is no name of a stanza that an agent takes.`]
  const held = stanza.repositories.find(({ key }) => key === repository)
  if (held === undefined) return [`pgBackRest on ${backups.node} has no repository ${repository}.`]
  const problem = repositoryProblem(held)
  if (problem !== null) return [`${problem.sentence} ${problem.advice}`]
  const [foreign] = otherDatabases(stanza, snapshot.systemIdentifier).filter((each) => each.repository === repository)
  if (foreign !== undefined) return [otherClusterSentence(foreign, snapshot.systemIdentifier ?? '')]
  return choice?.kind === 'refused' ? [choice.sentence] : []
}

const stanzaForm = /^[a-z0-9][a-z0-9_-]{0,62}$/
