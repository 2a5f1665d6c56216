import { sql } from '#lab/control.ts'
import { until } from './until.ts'

/** Waits until everything that was written so far is in the archive. */
export async function untilArchived(leader: string): Promise<void> {
  const [row] = await sql(leader, 'select pg_walfile_name(pg_switch_wal()) as wal')
  const wal = String(row?.['wal'])
  const isThere = `select last_archived_wal >= '${wal}' collate "C" as is_there from pg_stat_archiver`
  await until({ what: `${wal} is archived`, timeoutMs: 180_000, everyMs: 500 }, async () => {
    const [seen] = await sql(leader, isThere)
    return seen?.['is_there'] === true
  })
}
