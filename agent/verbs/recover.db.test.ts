import { spawn } from 'node:child_process'
import { chownSync, openSync, readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { markedWal, recoveryStatus } from '#agent/protocol/results.ts'
import { freePort } from '#agent/testing/test-folder.ts'
import { runAs, type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { machineVerbs } from './machine-verbs.ts'
import { leastSettings } from './least-settings.ts'
import { besideData, type Machine } from './machine.ts'
import { postmasterOf } from './postmaster.ts'
import { recoveryAccess, recoveryArguments, recoveryProgram } from './recovery-command.ts'
import { wayInOf } from './way-in.ts'

// A cluster with an archive, and a copy of it that is recovered as pgBackRest would have restored it.
let leader: TestPostgres
let copy: Machine
let archive: string
const moments: string[] = []

beforeAll(async () => {
  leader = await testPostgres()
  archive = join(leader.folder, 'archive')
  await leader.program('/bin/mkdir', [archive])
  await leader.start(['-c archive_mode=on', `-c "archive_command=cp %p ${archive}/%f"`, '-c wal_level=replica'])
  await leader.sql('CREATE ROLE app LOGIN; CREATE TABLE kept (n int)')
  const dataFolder = join(leader.folder, 'copy')
  await leader.program('pg_basebackup', [
    '-h',
    leader.folder,
    '-U',
    'postgres',
    '-D',
    dataFolder,
    '-X',
    'none',
    '-c',
    'fast',
  ])
  const { config } = leader.machine
  copy = { ...leader.machine, config: { ...config, postgres: { ...config.postgres, dataFolder } } }
})
afterAll(async () => {
  await leader.program('pg_ctl', ['-D', copy.config.postgres.dataFolder, '-m', 'immediate', 'stop']).catch(() => {})
  await leader[Symbol.asyncDispose]()
})

test(
  'a mark is a commit in a segment that is archived, and it is later than what was committed before',
  { timeout: 240_000 },
  async () => {
    let archivedAtOnce = 0
    for (let n = 1; n <= 3; n++) {
      await leader.sql(`INSERT INTO kept VALUES (${n})`)
      moments.push(
        await leader.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"')`),
      )
      const { wal, at } = markedWal.parse(await machineVerbs['postgres-mark-wal']?.({}, leader.machine))
      expect(at > (moments.at(-1) ?? '').replace(' ', 'T')).toBe(true)
      if ((await readdir(archive)).includes(wal)) archivedAtOnce++
      for (let tries = 0; !(await readdir(archive)).includes(wal) && tries < 600; tries++) await wait(100)
      const dump = await leader.program('pg_waldump', [join(archive, wal)])
      expect(dump).toMatch(/Transaction .*COMMIT/)
      expect(dump).toContain('SWITCH')
    }
    expect(archivedAtOnce).toBeGreaterThan(0)
  },
)

test.each(['-c archive_mode=off', '-c archive_mode=on -c archive_command=/bin/false'])(
  'a mark is told of with %s',
  async (archiving) => {
    await using other = await testPostgres()
    await other.start([archiving])
    const { wal } = markedWal.parse(await machineVerbs['postgres-mark-wal']?.({}, other.machine))
    expect(wal).toMatch(/^[0-9A-F]{24}$/)
  },
)

test('a recovery goes on to a later target, then is promoted, and neither changes anything when done again', async () => {
  const { dataFolder } = copy.config.postgres
  await asOwner(join(dataFolder, 'recovery.signal'), '')
  await asOwner(join(dataFolder, 'postgresql.auto.conf'), restored(moments[0] ?? ''))
  const first = await recover()
  expect(first).toMatchObject({ state: 'paused', isAnswering: true })
  expect(first.stoppedAt?.how).toBe('before commit')
  expect(await rows()).toBe('1')
  const later = { target: { type: 'time', value: moments[1], exclusive: false }, timeline: 1 }
  await expect(machineVerbs['postgres-retarget']?.(later, copy)).rejects.toMatchObject({ code: 'conflict' })
  await expect(machineVerbs['postgres-mark-wal']?.({}, copy)).rejects.toThrow('is a standby')
  await leader.program('pg_ctl', ['-D', dataFolder, '-m', 'fast', '-w', 'stop'])
  await machineVerbs['postgres-retarget']?.(later, copy)
  // The tests are root, and Postgres is not.
  own(join(dataFolder, 'postgresql.auto.conf'))
  const text = readFileSync(join(dataFolder, 'postgresql.auto.conf'), 'utf8')
  expect(text).toContain(`restore_command = 'cp ${archive}/%f "%p"'`)
  expect(text).not.toContain(moments[0])
  expect(await recover()).toMatchObject({ state: 'paused' })
  expect(await rows()).toBe('2')
  const seen = recoveryStatus.parse(await machineVerbs['postgres-recovery-status']?.({ withControl: true }, copy))
  expect(seen.control).toMatchObject({ "Latest checkpoint's TimeLineID": '1' })
  const forbidden = { ...copy, config: { ...copy.config, vetoed: ['postgres-controldata'] } }
  expect(await machineVerbs['postgres-recovery-status']?.({ withControl: true }, forbidden)).toMatchObject({
    control: null,
  })
  // As after a reboot: what stood at its target is gone, and comes to the same place when it is started again.
  await leader.program('pg_ctl', ['-D', dataFolder, '-m', 'immediate', '-w', 'stop'])
  await expect(machineVerbs['postgres-promote']?.({}, copy)).rejects.toMatchObject({ code: 'conflict' })
  const { state, stoppedAt, replayedLsn } = seen
  expect(replayedLsn).not.toBeNull()
  expect(await recover()).toMatchObject({ state, stoppedAt, replayedLsn })
  const promoted = recoveryStatus.parse(await machineVerbs['postgres-promote']?.({}, copy))
  expect(promoted).toMatchObject({ state: 'promoted', newTimeline: 2, isAnswering: true })
  expect(await machineVerbs['postgres-promote']?.({}, copy)).toMatchObject({ state: 'promoted', newTimeline: 2 })
  expect(await rows()).toBe('2')
  expect(await readdir(archive)).not.toContain('00000002.history')
}, 240_000)

test('only the superuser and replication come in to a recovery over TCP', async () => {
  const { port } = copy.config.postgres
  const by = (user: string, more: string[] = []) =>
    leader.program('psql', [
      '-Xw',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      user,
      '-d',
      'postgres',
      '-c',
      'SELECT 1',
      ...more,
    ])
  await expect(by('app')).rejects.toThrow('no pg_hba.conf entry')
  await expect(by('postgres')).rejects.toThrow('no password supplied')
  const socket = ['-Xw', '-h', leader.folder, '-p', String(port), '-d', 'postgres', '-c', 'SELECT 1', '-U']
  await expect(leader.program('psql', [...socket, 'app'])).rejects.toThrow('no pg_hba.conf entry')
  expect(await leader.program('psql', [...socket, 'postgres'])).toContain('1 row')
})

test('an ordinary standby is none of its business', async () => {
  await leader.stop()
  await asOwner(join(leader.machine.config.postgres.dataFolder, 'standby.signal'), '')
  await leader.start([])
  await expect(machineVerbs['postgres-promote']?.({}, leader.machine)).rejects.toThrow('not started as a recovery')
})

async function recover() {
  const { config } = copy
  const port = config.postgres.port === 5432 ? await freePort() : config.postgres.port
  copy = { ...copy, config: { ...config, postgres: { ...config.postgres, port } } }
  const { log, hba } = besideData(config.postgres.dataFolder)
  const wayIn = await wayInOf(config, null)
  const least = await leastSettings(copy, {})
  await asOwner(hba, recoveryAccess(config, wayIn))
  await asOwner(log, '')
  const output = openSync(log, 'a')
  const postgres = spawn(
    recoveryProgram(config),
    recoveryArguments(config, {
      port,
      majorVersion: 15,
      configFile: join(config.postgres.dataFolder, 'postgresql.conf'),
      wayIn,
      least,
    }),
    {
      ...runAs(),
      cwd: config.postgres.dataFolder,
      env: bareEnvironment({ PATH: '/usr/bin:/bin' }),
      stdio: ['ignore', output, output],
    },
  )
  postgres.unref()
  for (let tries = 0; tries < 600; tries++) {
    const status = recoveryStatus.parse(await machineVerbs['postgres-recovery-status']?.({}, copy))
    const isThere = (await postmasterOf(config.postgres.dataFolder)) !== null && status.isAnswering
    if (isThere && status.state === 'paused') return status
    await wait(100)
  }
  throw new Error(readFileSync(log, 'utf8'))
}

function rows(): Promise<string> {
  const { port } = copy.config.postgres
  return leader.program('psql', [
    '-XAt',
    '-h',
    leader.folder,
    '-p',
    String(port),
    '-U',
    'postgres',
    '-c',
    'SELECT count(*) FROM kept',
  ])
}

/** As pgBackRest writes it. */
function restored(time: string): string {
  return `# Do not edit this file manually!
# It will be overwritten by the ALTER SYSTEM command.

# Recovery settings generated by pgBackRest restore on 2026-11-25 15:16:34
restore_command = 'cp ${archive}/%f "%p"'
recovery_target_time = '${time}'
recovery_target_action = 'pause'
recovery_target_timeline = '1'
`
}

async function asOwner(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
  own(path)
}

function own(path: string): void {
  const user = runAs()
  if ('uid' in user) chownSync(path, user.uid, user.gid)
}
