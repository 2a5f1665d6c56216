import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { rehearsalResultOf } from '#domain/operation/operation.ts'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { untilArchived } from '../until-archived.ts'
import { enrolAll } from './enrolled-lab.ts'
import { healLab, leaderOf, look, rest, timelineOf } from './watched-lab.ts'

const longMs = 900_000

test('a dropped table is found in the archive, rehearsed, handed over and let go', { timeout: longMs }, async () => {
  const before = await healLab()
  await enrolAll()
  const leader = leaderOf(before)
  await sql(
    leader,
    'drop table if exists lost; create table lost as select id, repeat($$x$$, 40) as t from generate_series(1, 2000) id',
  )
  const backup = await rest.takeBackup(labClusterName, { type: 'full', reason: 'there is something to lose' })
  expect(await rest.untilLongEnded(backup.id)).toMatchObject({ state: 'succeeded' })
  // A replica reads the archive, and the catalog's rows on its disk.
  for (const node of nodes) await sql(node, 'checkpoint')
  const fromAt = new Date()
  await sql(leader, 'delete from lost where id > 1900')
  await sql(leader, 'drop table lost')
  await untilArchived(leader)

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
  const asked = await until(
    { what: 'the rehearsal can be asked for', timeoutMs: 120_000, everyMs: 1_000 },
    async () => {
      const { blockers, node } = await rest.planRehearsal(labClusterName, wish)
      if (blockers.length > 0) throw new Error(blockers.join(' '))
      // Until a replica's agent has told of its node the leader's is the only one that can be asked.
      if (node === leader) throw new Error('It would be done beside the leader.')
      return rest.rehearse(labClusterName, { ...wish, reason: 'somebody dropped a table' })
    },
  )
  const operation = await rest.untilLongEnded(asked.id)
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
