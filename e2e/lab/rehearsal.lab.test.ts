import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { rehearsalResultOf } from '#domain/operation.ts'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { enrolAll } from './enrolled-lab.ts'
import { healLab, leaderOf, look, rest, timelineOf } from './watched-lab.ts'

const longMs = 600_000

test('a dropped table is found in the archive, rehearsed, handed over and let go', { timeout: longMs }, async () => {
  const before = await healLab()
  await enrolAll()
  const leader = leaderOf(before)
  await sql(
    leader,
    'drop table if exists lost; create table lost as select id, repeat($$x$$, 40) as t from generate_series(1, 2000) id',
  )
  const backup = await rest.takeBackup(labClusterName, { type: 'full', reason: 'there is something to lose' })
  expect(await rest.untilEnded(backup.id)).toMatchObject({ state: 'succeeded' })
  // A replica reads the archive, and the catalog's rows on its disk.
  for (const node of nodes) await sql(node, 'checkpoint')
  const fromAt = new Date()
  await sql(leader, 'delete from lost where id > 1900')
  await sql(leader, 'drop table lost')
  await archived(leader)

  const found = await rest.commits(labClusterName, { fromAt, toAt: new Date() })
  const drop = found.commits.find(({ kind, relations }) => kind === 'drop' && relations.includes('myapp.public.lost'))
  if (!drop) throw new Error(`The drop is not in what was found: ${JSON.stringify(found)}`)

  const target = { type: 'xid', value: drop.xid, set: null, timeline: null, isExclusive: true, at: drop.at } as const
  const wish = {
    target,
    check: 'select count(*) from lost',
    verifiesPages: true,
    extract: { database: 'myapp', schema: 'public', table: 'lost' },
  }
  await until({ what: 'the rehearsal can be asked for', timeoutMs: 120_000, everyMs: 1_000 }, async () => {
    const { blockers } = await rest.planRehearsal(labClusterName, wish)
    return blockers.length === 0 ? true : null
  })
  const asked = await rest.rehearse(labClusterName, { ...wish, reason: 'somebody dropped a table' })
  const operation = await rest.untilEnded(asked.id)
  expect(operation).toMatchObject({ state: 'succeeded' })
  const result = rehearsalResultOf(operation.result)
  expect(result).toMatchObject({
    isGood: true,
    attempt: { isOnTarget: true, xid: drop.xid, stoppedHow: 'before commit' },
    check: { rows: [['1900']], problem: null },
    pages: { faults: [], problem: null },
  })
  expect(result?.node).not.toBe(leader)
  const file = await rest.extract(asked.id)
  expect(file.subarray(0, 5).toString()).toBe('PGDMP')
  expect(createHash('sha256').update(file).digest('hex')).toBe(result?.extract?.sha256)

  const released = await rest.release(asked.id, { confirmName: labClusterName, reason: 'it was fetched' })
  expect(await rest.untilEnded(released.id)).toMatchObject({ state: 'succeeded' })
  await expect(rest.extract(asked.id)).rejects.toThrow(/let go|not/)
  const after = await look()
  expect([after.leader, timelineOf(after)]).toEqual([leader, timelineOf(before)])
})

/** Waits until everything written so far is in the archive. */
async function archived(leader: string): Promise<void> {
  const [row] = await sql(leader, 'select pg_walfile_name(pg_switch_wal()) as wal')
  const wal = String(row?.['wal'])
  await until({ what: `${wal} is archived`, timeoutMs: 60_000, everyMs: 500 }, async () => {
    const [seen] = await sql(leader, 'select last_archived_wal >= $$' + wal + '$$ as is_there from pg_stat_archiver')
    return seen?.['is_there'] === true ? true : null
  })
}
