import type { DatabaseDetail, PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { Part, Totals } from './counted.ts'

/** What grows on one Postgres, by the names of the rates that are made of it. */
export function postgresTotals(detail: PostgresDetail, seenAt: Date): Totals {
  return {
    seenAt,
    identity: detail.startedAt?.toISOString() ?? '',
    parts: new Map([
      ['wal', walPart(detail)],
      ...(detail.archiver ? [['archiver', archiverPart(detail.archiver)] as const] : []),
      ...(detail.checkpoints ? [['checkpoints', checkpointPart(detail.checkpoints)] as const] : []),
      ...detail.databases.map((database) => [`database ${database.name}`, databasePart(database)] as const),
    ]),
  }
}

/** A standby replays what a primary writes; who has become the other begins anew. */
function walPart({ inRecovery, wal, lsn }: PostgresDetail): Part {
  if (inRecovery) return { identity: 'replayed', totals: { replayBytesPerSecond: lsn } }
  // A switch to the next segment moves the position by up to a segment without a byte written.
  if (wal.bytesTotal !== null) return { identity: 'bytes', totals: { walBytesPerSecond: wal.bytesTotal } }
  return { identity: 'position', totals: { walBytesPerSecond: lsn } }
}

function archiverPart({ archivedCount, failedCount }: NonNullable<PostgresDetail['archiver']>): Part {
  return { identity: '', totals: { archivedPerSecond: archivedCount, archiveFailuresPerSecond: failedCount } }
}

function checkpointPart({ timed, requested, writeSeconds }: NonNullable<PostgresDetail['checkpoints']>): Part {
  return {
    identity: '',
    totals: {
      checkpointsTimedPerSecond: timed,
      checkpointsRequestedPerSecond: requested,
      checkpointWriteSecondsPerSecond: writeSeconds,
    },
  }
}

function databasePart(database: DatabaseDetail): Part {
  return {
    identity: database.statsReset?.toISOString() ?? '',
    totals: {
      commitsPerSecond: database.commitsTotal,
      rollbacksPerSecond: database.rollbacksTotal,
      deadlocksPerSecond: database.deadlocksTotal,
      tempBytesPerSecond: database.tempBytesTotal,
      blocksReadPerSecond: database.blocksReadTotal,
      blocksHitPerSecond: database.blocksHitTotal,
      rowsWrittenPerSecond: database.rowsWrittenTotal,
      rowsReturnedPerSecond: database.rowsReturnedTotal,
    },
  }
}
