import type { Backup } from '#domain/backup/backup.ts'
import { backupsState, backupsSentence } from '#domain/backup/backups-state.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import type { ListedBackups } from '../backups/list.ts'

/** A cluster's backups with what they mean, as of now. */
export function presentBackups(listed: ListedBackups) {
  const { cluster, view, takenAt, problem, rehearsals, scheduled, rehearsalsScheduled, serverNow } = listed
  const judged = view && judgeBackups(view, serverNow, { rehearsals, scheduled, rehearsalsScheduled })
  return {
    cluster,
    state: backupsState(listed, serverNow),
    sentence: backupsSentence(listed, serverNow),
    problem,
    seenAt: takenAt,
    seenBy: view?.node ?? null,
    stanza: view?.stanzaName ?? null,
    earliestAt: judged?.bounds?.earliestAt ?? null,
    latestAt: judged?.bounds?.latestAt ?? null,
    findings: judged?.findings ?? [],
    retention: view?.retention ?? null,
    problems: (view?.problems ?? []).map(({ sentence }) => sentence),
    running: view?.stanza?.backup.isRunning
      ? { since: view.runningSince, fraction: view.stanza.backup.fraction }
      : null,
    windows: (judged?.windows ?? []).map(({ repository, timeline, kind, earliest, latest }) => ({
      repository,
      timeline,
      kind,
      from: earliest,
      to: latest,
    })),
    archiver: view?.archiver ?? null,
    backups: (view?.stanza?.backups ?? []).map(presentBackup),
  }
}

function presentBackup(backup: Backup) {
  const { label, type, repository, startedAt, stoppedAt, timeline, prior, references, hasPageErrors } = backup
  const { sizeBytes, deltaBytes, repositorySizeBytes, repositoryDeltaBytes, isOfThisCluster } = backup
  return {
    label,
    type,
    repository,
    startedAt,
    stoppedAt,
    timeline,
    sizeBytes,
    deltaBytes,
    repositorySizeBytes,
    repositoryDeltaBytes,
    prior,
    references,
    hasPageErrors,
    isOfThisCluster,
  }
}
