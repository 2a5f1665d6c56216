import type { BackupRepository } from '#domain/backup/backup-repository.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { Backup } from '#domain/backup/backup.ts'
import { parseLsn } from '#domain/lsn.ts'
import { timelineOfWalName } from '#domain/wal/wal-segment.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'
import { infoSchema, type InfoBackup, type InfoStanza } from './info-schema.ts'
import { readableJson } from './info-json.ts'
import { progressOfLock } from './parse-progress.ts'

/** Parses `pgbackrest info --output=json` of 2.45 to 2.59 (info.c); no stanza in any repository is an empty list. Throws LookError. */
export function parseInfo(body: string, target: Target): BackupStanza[] {
  return parseJson(readableJson(body), infoSchema, target).map(stanzaOf)
}

function stanzaOf(raw: InfoStanza): BackupStanza {
  const current = currentDatabases(raw)
  return {
    name: raw.name,
    cipher: raw.cipher ?? 'none',
    statusCode: raw.status.code,
    message: raw.status.message,
    repositories: (raw.repo ?? []).map(({ key, cipher, status }): BackupRepository => ({
      key,
      cipher: cipher ?? 'none',
      statusCode: status.code,
      message: status.message,
    })),
    databases: (raw.db ?? []).map((database) => ({
      id: database.id,
      repository: database['repo-key'],
      systemIdentifier: database['system-id'],
      version: database.version,
    })),
    archives: (raw.archive ?? []).map(({ id, min, max, database }) => ({
      repository: database['repo-key'],
      id,
      walMin: min ?? null,
      walMax: max ?? null,
      isOfThisCluster: database.id === current.get(database['repo-key']),
    })),
    backups: (raw.backup ?? []).flatMap((backup) => backupOf(backup, current) ?? []),
    backup: progressOfLock(raw.status.lock?.backup),
    restore: progressOfLock(raw.status.lock?.restore),
  }
}

/** The highest id of each repository is the database that the stanza is for now; lower ones came before an upgrade. */
function currentDatabases({ db }: InfoStanza): Map<number, number> {
  const current = new Map<number, number>()
  for (const { id, 'repo-key': key } of db ?? []) current.set(key, Math.max(id, current.get(key) ?? 0))
  return current
}

function backupOf(raw: InfoBackup, current: Map<number, number>): Backup | null {
  const { archive, database, info, lsn, timestamp } = raw
  const startedAt = new Date(timestamp.start * 1000)
  const stoppedAt = new Date(timestamp.stop * 1000)
  if (Number.isNaN(startedAt.getTime()) || Number.isNaN(stoppedAt.getTime())) return null
  const walStart = archive?.start ?? null
  return {
    label: raw.label,
    type: raw.type,
    repository: database['repo-key'],
    startedAt,
    stoppedAt,
    sizeBytes: info.size,
    deltaBytes: info.delta,
    repositorySizeBytes: info.repository.size ?? null,
    repositoryDeltaBytes: info.repository.delta,
    prior: raw.prior ?? null,
    references: raw.reference ?? [],
    walStart,
    walStop: archive?.stop ?? null,
    lsnStart: parseLsn(lsn?.start ?? ''),
    lsnStop: parseLsn(lsn?.stop ?? ''),
    timeline: walStart === null ? null : timelineOfWalName(walStart),
    hasPageErrors: raw.error ?? null,
    annotations: raw.annotation,
    isOfThisCluster: database.id === current.get(database['repo-key']),
  }
}
