import { readdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { walCount as walCountShape } from '#agent/protocol/results.ts'
import { writeProgram } from '#agent/testing/built-agent.ts'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { parseLsn } from '#domain/lsn.ts'
import { machineVerbs } from './machine-verbs.ts'
import { followingSegment } from './wal-segment.ts'

// A cluster whose archive is fetched from as pgBackRest would fetch, with 1 for what is not there.
let leader: TestPostgres
let archive: string
const target = { xid: '', lsn: '', at: '', segment: '' }
const committedAfter = 40

beforeAll(async () => {
  leader = await testPostgres()
  archive = join(leader.folder, 'archive')
  await leader.program('/bin/mkdir', [archive])
  const get = 'for last; do :; done; eval "segment=\\${$(($# - 1))}"'
  await writeProgram(
    leader.machine.config.pgbackrest.program,
    `${get}; [ -e "${archive}/$segment" ] || exit 1; cp "${archive}/$segment" "$last"`,
  )
  await leader.start([
    '-c archive_mode=on',
    `-c "archive_command=cp %p ${archive}/%f"`,
    '-c autovacuum=off -c track_commit_timestamp=on',
  ])
  await leader.sql('CREATE TABLE kept (n int)')
  for (let n = 1; n <= 5; n++) await leader.sql(`INSERT INTO kept VALUES (${n})`)
  // A transaction without a change of its own leaves no commit in WAL.
  target.xid = await leader.sql('INSERT INTO kept VALUES (6) RETURNING pg_current_xact_id()::xid')
  target.lsn = await leader.sql('SELECT pg_current_wal_lsn()')
  target.segment = await leader.sql(`SELECT pg_walfile_name('${target.lsn}')`)
  target.at = await leader.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"')`)
  await leader.sql(`SELECT pg_create_restore_point('before the mistake')`)
  await wait(20)
  for (let n = 1; n <= committedAfter; n++) {
    // Savepoints are no commits, and what is rolled back is none.
    await leader.sql(`BEGIN; INSERT INTO kept VALUES (${n}); SAVEPOINT a; INSERT INTO kept VALUES (0); COMMIT`)
    if (n % 10 === 0) await leader.sql('BEGIN; INSERT INTO kept VALUES (0); ROLLBACK')
    if (n === 15 || n === 30) await leader.sql('SELECT pg_switch_wal()')
  }
  for (let tries = 0; archived().length < 2 && tries < 600; tries++) await wait(100)
})
afterAll(() => leader[Symbol.asyncDispose]())

const archived = () =>
  readdirSync(archive)
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= target.segment)
    .toSorted()
const newest = async () => parseLsn(await leader.sql('SELECT pg_current_wal_flush_lsn()')) ?? 0

async function count({ segments = archived(), ...change }: { segments?: string[]; [arg: string]: unknown }) {
  const following = followingSegment(segments.at(-1) ?? '', 16_777_216n)
  const args = { stanza: 'demo', repository: 1, segments, following, most: 64, leftLsn: null, ...change }
  return walCountShape.parse(await machineVerbs['wal-count']?.(args, leader.machine))
}

test('what was committed after a moment is counted, also where it is not archived yet', async () => {
  const before = await newest()
  const found = await count({ target: { type: 'time', value: target.at, exclusive: false } })
  expect(found).toMatchObject({ commits: committedAfter, isCut: false, isDoubtful: false, problems: [] })
  // Postgres writes now and then by itself.
  const readTo = parseLsn(found.readTo ?? '') ?? 0
  expect(readTo, `${found.readTo}`).toBeGreaterThanOrEqual(before)
  expect(readTo, `${found.readTo}`).toBeLessThanOrEqual(await newest())
  expect(found.segments).toBe(archived().length + 1)
  const last = await leader.sql(
    `SELECT to_char(last.timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"') FROM pg_last_committed_xact() last`,
  )
  expect(found.lastAt).toBe(last)
})

test('each kind of target is where Postgres would stop at it', async () => {
  const { xid, lsn } = target
  expect(await count({ target: { type: 'xid', value: xid, exclusive: false } })).toMatchObject({ commits: 40 })
  expect(await count({ target: { type: 'xid', value: xid, exclusive: true } })).toMatchObject({ commits: 41 })
  expect(await count({ target: { type: 'name', value: 'before the mistake' } })).toMatchObject({ commits: 40 })
  expect(await count({ target: { type: 'lsn', value: lsn, exclusive: false } })).toMatchObject({ commits: 40 })
  const never = { type: 'xid', value: '4000000000', exclusive: false }
  expect(await count({ target: never })).toMatchObject({ commits: null, lastAt: null })
  // Where the line is left before the target, what follows counts from there.
  expect(await count({ target: never, leftLsn: lsn })).toMatchObject({ commits: 40 })
})

test('beyond the bound it is said that there is more', async () => {
  const found = await count({ target: { type: 'time', value: target.at, exclusive: false }, most: 1 })
  expect(found).toMatchObject({ commits: 15, segments: 1, isCut: true })
})

test('a segment that is nowhere is told of, and what can be read is counted', async () => {
  const [, second = ''] = archived()
  const away = join(leader.folder, 'away')
  await rename(join(archive, second), away)
  const walFile = join(leader.machine.config.postgres.dataFolder, 'pg_wal', second)
  const given = { target: { type: 'time', value: target.at, exclusive: false }, segments: [target.segment, second] }
  // Where it is not in the archive, it is read where Postgres keeps it.
  expect(await count(given)).toMatchObject({ commits: committedAfter, problems: [] })
  await rm(walFile)
  expect(await count(given)).toMatchObject({ commits: 15, problems: [expect.stringContaining('not in the archive')] })
  await rename(away, join(archive, second))
})

test('after a takeover it goes on in the timeline of which nothing is archived yet', async () => {
  const { dataFolder } = leader.machine.config.postgres
  const of = { target: { type: 'time', value: target.at, exclusive: false }, segments: archived() }
  await leader.stop()
  await leader.program('/usr/bin/touch', [join(dataFolder, 'standby.signal')])
  await leader.start(['-c autovacuum=off', `-c "restore_command=cp ${archive}/%f %p"`])
  await leader.sql('SELECT pg_promote()')
  await leader.sql('INSERT INTO kept VALUES (7)')
  const following = await leader.sql('SELECT pg_walfile_name(pg_current_wal_lsn())')
  expect(following.slice(0, 8)).toBe('00000002')
  expect(await count({ ...of, following })).toMatchObject({ commits: committedAfter + 1, problems: [] })
})
