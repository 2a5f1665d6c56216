import type { z } from 'zod'
import type { markedWal } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { placeOf } from './postgres-place.ts'
import { askPsql, psqlProblem } from './psql.ts'

/**
 * Commits a transaction that changes nothing and begins a new segment: a recovery to any moment before it then finds a commit
 * after that moment. `at` is not after the commit. Resolves as soon as Postgres says that the segment before is archived, which
 * proves nothing yet but tells when it is worth looking; where archiving fails, is off or takes longer, without it.
 */
export async function markWal(machine: Machine): Promise<z.output<typeof markedWal>> {
  const { dataFolder, superuser } = machine.config.postgres
  const place = await placeOf(dataFolder)
  if (place === null)
    throw new RefusedError('conflict', `No Postgres runs on ${dataFolder}: there is no WAL to be marked.`)
  const { stdout, stderr } = await askPsql(machine, {
    place,
    role: superuser,
    database: 'postgres',
    commands: [commit, next, untilArchived],
    // One standby that does not answer must not hold it up.
    settings: { search_path: 'pg_catalog', statement_timeout: '20000', synchronous_commit: 'local' },
    options: ['-At', '-F', '|', '-v', 'ON_ERROR_STOP=1'],
    deadlineMs: 50_000,
  })
  if (/cannot (?:assign|execute)|recovery is in progress/.test(stderr)) {
    throw new RefusedError(
      'conflict',
      `Postgres on ${dataFolder} is a standby: WAL is marked on the leader, by whose agent it is to be asked for.`,
    )
  }
  const [at, wal, lsn] = stdout.trim().split(/[|\n]/)
  // What comes after the mark may fail: it is marked all the same.
  if (at === undefined || wal === undefined || lsn === undefined)
    throw new RefusedError('failed', `The WAL of ${dataFolder} could not be marked: ${psqlProblem(stderr)}`)
  machine.say(`Segment ${wal} holds a commit of ${at}.`)
  return { wal, lsn, at }
}

// To need a number is what makes a transaction that changed nothing leave a commit; the function's older name works in all versions.
const commit = `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  FROM (SELECT txid_current()) AS mark`
const next = `SELECT set_config('matriarch.marked', pg_walfile_name(lsn), false), lsn
  FROM (SELECT pg_switch_wal() AS lsn OFFSET 0) AS switched`
/** Five seconds at most. One transaction sees the same statistics until it forgets them; only names of segments compare. */
const untilArchived = `DO $$ BEGIN
  FOR looks IN 1..125 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN current_setting('archive_mode') = 'off' OR EXISTS (
      SELECT FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity')
        OR (length(last_archived_wal) = 24 AND last_archived_wal >= current_setting('matriarch.marked')));
    PERFORM pg_sleep(0.04);
  END LOOP;
END $$`
